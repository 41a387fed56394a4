import { z } from "zod";
import type { Parameter } from "#domain/parameter.ts";
import type { ApiRoute } from "#platform/http/api/route.ts";
import { listKinds, parametersOf, type HookKinds } from "./hook-kind.ts";

const part = "Booking hooks";

const checked = z.object({
  Status: z.enum(["Success", "Wrong parameters", "Error"]),
  Message: z.string().optional(),
  ErrorMessage: z.string().optional(),
  WarningMessage: z.string().optional(),
});

const accepted = z.object({
  Status: z.literal("Success"),
  Message: z.string(),
  EventId: z.uuid().meta({ description: "The inbound event, as in GET /intake." }),
});

const event = z
  .looseObject({})
  .meta({ description: "The booking event as the booking service sends it." });

/** What the reference says of the hooks' own URLs. */
export function describeHooks(kinds: HookKinds): readonly ApiRoute[] {
  return [
    ...listKinds(kinds).flatMap((kind) => describeKind(kinds, kind)),
    ...pair({
      path: "/webhook/h/:id",
      name: "a stored hook",
      params: z.object({ id: z.string().meta({ description: "The random id of its short URL." }) }),
      unknown: "There is no such stored hook.",
    }),
  ];
}

function describeKind(kinds: HookKinds, kind: string): readonly ApiRoute[] {
  const key = z.string().meta({
    description:
      "The hook key: it names the workspace and keeps strangers out. Print it with: concierge hooks key",
  });
  const parameters = parametersOf(kinds, kind).map((one) => [one.name, toField(one)] as const);
  return pair({
    path: `/webhook/${kind}`,
    name: kind,
    query: z.object({ key, ...Object.fromEntries(parameters) }),
    unknown: "There is no such kind of hook.",
  });
}

interface Place {
  readonly path: string;
  readonly name: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly unknown: string;
}

function pair({ name, unknown, ...place }: Place): readonly ApiRoute[] {
  const faults = [
    { status: 401, code: "Error", meaning: "The key is missing or wrong." },
    { status: 404, code: "Error", meaning: unknown },
  ];
  const common = { ...place, part, isPublic: true } as const;
  return [
    {
      ...common,
      method: "GET",
      summary: `Check ${name}`,
      more: "Signs in at the vendor and looks up what the parameters name; changes nothing and sends nothing. A POST without a body does the same. A browser gets a readable page.",
      answer: { status: 200, meaning: "The verdict.", schema: checked },
      faults,
    },
    {
      ...common,
      method: "POST",
      summary: `Send a booking event to ${name}`,
      more: "Answered once the event is on disk; the work follows. The same event again within ten minutes does its work once.",
      body: event,
      answer: { status: 200, meaning: "The event is on disk.", schema: accepted },
      faults: [
        { status: 400, code: "Error", meaning: "The body is not JSON." },
        ...faults,
        {
          status: 413,
          code: "body_too_large",
          meaning: "The body is larger than this server takes.",
        },
        {
          status: 503,
          code: "Error",
          meaning: "It could not be stored; send it again after `Retry-After`.",
        },
      ],
    },
  ];
}

function toField(parameter: Parameter): z.ZodType {
  const { aliases = [], meaning, isSecret } = parameter;
  const field = withDefault(parameter, typeOf(parameter));
  const also = aliases.length > 0 ? ` Also written: ${aliases.join(", ")}.` : "";
  return field.meta({ description: `${meaning.en}.${isSecret ? " Secret." : ""}${also}` });
}

function typeOf({ kind, options, min, max }: Parameter): z.ZodType {
  const [first, ...rest] = options ?? [];
  if (first !== undefined) return z.enum([first, ...rest]);
  if (kind === "boolean") return z.boolean();
  if (kind === "email") return z.email();
  if (kind !== "integer") return z.string();
  return z
    .int()
    .min(min ?? Number.MIN_SAFE_INTEGER)
    .max(max ?? Number.MAX_SAFE_INTEGER);
}

function withDefault(parameter: Parameter, type: z.ZodType): z.ZodType {
  const { kind, isRequired } = parameter;
  if (parameter.default === undefined) return isRequired ? type : type.optional();
  const value: unknown =
    kind === "integer"
      ? Number(parameter.default)
      : kind === "boolean"
        ? parameter.default === "true"
        : parameter.default;
  return type.default(value);
}
