/** The two products that speak the same API, and how a hook's URL names their parts. */
export const platforms = {
  whatsapp: {
    name: "WhatsApp",
    path: "",
    names: { apiUrl: "apiUrl", idInstance: "idInstance", apiTokenInstance: "apiTokenInstance" },
  },
  max: {
    name: "MAX",
    /** Optional at the vendor today, and still served everywhere. */
    path: "/v3",
    names: {
      apiUrl: "apiUrlMax",
      idInstance: "idInstanceMax",
      apiTokenInstance: "apiTokenInstanceMax",
    },
  },
} as const;

export type Platform = keyof typeof platforms;

export const platformNames = ["whatsapp", "max"] as const satisfies readonly Platform[];

/** One instance, as it is kept. `apiUrl` is a bare host. */
export type Settings = {
  readonly platform: Platform;
  readonly apiUrl: string;
  readonly idInstance: string;
  readonly apiTokenInstance: string;
};
