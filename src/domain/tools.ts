/** What a provider is handed to touch the world with. It imports no platform code, so a test hands it another world. */
export interface Tools {
  /** Base URL of the vendor's API without a trailing slash: the manifest's, or the one set in the environment. */
  readonly baseUrl: string;
  /** Whether `baseUrl` was set in the environment; it then also replaces a host that a hook brings. */
  readonly isBaseUrlOverridden: boolean;
  /** Values of the environment variables that the manifest declares, by their full name; unset ones are absent. */
  readonly environment: Readonly<Record<string, string>>;
  readonly http: Http;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Small encrypted memory of one integration (vendor sessions); survives a restart, shared by all nodes. */
  readonly memory: ProviderMemory;
}

export interface ProviderMemory {
  read(): Promise<string | undefined>;
  write(value: string): Promise<void>;
}

/** One HTTP exchange. Never throws and follows no redirect; every exchange is recorded, masked, on the attempt. */
export type Http = (request: HttpRequest) => Promise<HttpAnswer>;

export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Default 15 000. */
  readonly timeoutMs?: number;
}

export type HttpAnswer =
  | {
      readonly arrived: "yes";
      readonly status: number;
      /** Names in lower case. */
      readonly headers: Readonly<Record<string, string>>;
      readonly text: string;
    }
  /** It never left: name not found, connection refused, certificate not trusted, address not allowed. */
  | { readonly arrived: "no"; readonly detail: string }
  /** It left, and no whole answer came back. */
  | { readonly arrived: "unknown"; readonly detail: string };
