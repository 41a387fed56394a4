import { z } from "zod";

/** The part of JSON Schema that our shapes come out as. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
}

/** Schemas that are named once and referred to. */
export type Named = Map<string, JsonSchema>;

/** As JSON Schema for OpenAPI 3.1. Shapes with an id of their own are moved to `named`. */
export function toJsonSchema(schema: z.ZodType, io: "input" | "output", named: Named): JsonSchema {
  const whole = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    override: ({ jsonSchema }) => loosen(jsonSchema),
  });
  const text = JSON.stringify(whole).replaceAll('"#/$defs/', '"#/components/schemas/');
  const {
    $defs = {},
    $schema: _,
    id,
    ...rest
  } = JSON.parse(text) as JsonSchema & {
    readonly $schema: string;
    readonly id?: string;
  };
  for (const [name, one] of Object.entries($defs)) named.set(name, withoutId(one));
  if (id === undefined) return rest;
  named.set(id, rest);
  return { $ref: `#/components/schemas/${id}` };
}

/** A later version may answer more; and the bounds of a safe integer tell a reader nothing. */
function loosen(schema: z.core.JSONSchema.BaseSchema): void {
  /* oxlint-disable no-param-reassign -- zod hands out each schema to be changed */
  delete schema.additionalProperties;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.format === "uuid") delete schema.pattern;
  /* oxlint-enable no-param-reassign */
}

function withoutId(schema: JsonSchema & { readonly id?: string }): JsonSchema {
  const { id: _, ...rest } = schema;
  return rest;
}
