import { escapeHtml } from "../page.ts";
import type { JsonSchema } from "./json-schema.ts";

/** The fields of an object as a table, those of objects inside it beneath their own; anything else by its type. */
export function schemaRows(schema: JsonSchema): string {
  const rows = fieldsOf(schema, "");
  if (rows.length === 0) return `<p>${typeOf(schema)}</p>`;
  return `<table><thead><tr><th>Field</th><th>Type</th><th>Meaning</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

function fieldsOf(schema: JsonSchema, prefix: string): readonly string[] {
  const { properties = {}, required = [] } = schema;
  return Object.entries(properties).flatMap(([name, field]) => {
    const path = prefix + name;
    const optional = required.includes(name) ? "" : " <i>optional</i>";
    const row = `<tr><td><code>${escapeHtml(path)}</code>${optional}</td><td>${typeOf(field)}</td><td>${inline(field.description ?? "")}</td></tr>`;
    const inner = field.items ?? field;
    return [row, ...fieldsOf(inner, field.items ? `${path}[].` : `${path}.`)];
  });
}

/** A type in a few words, as HTML. */
export function typeOf(schema: JsonSchema): string {
  const { $ref, anyOf, items, type } = schema;
  if ($ref !== undefined) return toLink($ref);
  if (schema.enum)
    return schema.enum.map((one) => `<code>${escapeHtml(String(one))}</code>`).join(" · ");
  if (anyOf) return anyOf.map(typeOf).join(" or ");
  if (items) return `list of ${typeOf(items)}`;
  const types = [type ?? "any"].flat().map((one) => (one === "string" && schema.format) || one);
  return [escapeHtml(types.join(" or ")), boundsOf(schema), defaultOf(schema)]
    .filter((part) => part !== "")
    .join(", ");
}

function toLink(ref: string): string {
  const name = escapeHtml(ref.replace(/^.*\//, ""));
  return `<a href="#schema-${name}">${name}</a>`;
}

function boundsOf({ minimum, maximum }: JsonSchema): string {
  if (minimum === undefined && maximum === undefined) return "";
  return [minimum ?? "", maximum ?? ""].join("…");
}

function defaultOf(schema: JsonSchema): string {
  return schema.default === undefined
    ? ""
    : `default ${escapeHtml(JSON.stringify(schema.default))}`;
}

/** The one markup of our descriptions, as HTML. */
export function inline(text: string): string {
  return escapeHtml(text).replaceAll(/`([^`]+)`/g, "<code>$1</code>");
}
