import { escapeHtml } from "../page.ts";
import { docsStyles } from "./docs-styles.ts";
import type { OpenApi, Operation, Parameter } from "./openapi.ts";
import { inline, schemaRows, typeOf } from "./schema-rows.ts";

interface Entry {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

/** The reference as one page that is readable without script, pictures and network. Pure. */
export function toDocsPage(document: OpenApi, russian: string): string {
  const entries = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      operation,
    })),
  );
  const byPart = Map.groupBy(entries, ({ operation }) => operation.tags[0] ?? "");
  const title = `${escapeHtml(document.info.title)} API`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${docsStyles}</style>
</head>
<body>
<nav aria-label="Reference">
${[...byPart].map(([part, list]) => toLinks(part, list)).join("\n")}
<p><a href="#schemas">Schemas</a></p>
</nav>
<main>
<h1>${title} <small>${escapeHtml(document.info.version)}</small></h1>
<p lang="ru" class="quiet">${escapeHtml(russian)}</p>
${paragraphs(document.info.description)}
<p><a href="/docs/openapi.json">OpenAPI 3.1 document</a></p>
${[...byPart].map(([part, list]) => toPart(part, list, document)).join("\n")}
<h2 id="schemas">Schemas</h2>
${toSchemas(document)}
</main>
</body>
</html>
`;
}

function toPart(part: string, entries: readonly Entry[], document: OpenApi): string {
  const sections = entries.map((entry) => toSection(entry, document));
  return `<h2>${escapeHtml(part)}</h2>\n${sections.join("\n")}`;
}

function toSchemas({ components }: OpenApi): string {
  const sections = Object.entries(components.schemas).map(
    ([name, schema]) =>
      `<section id="schema-${escapeHtml(name)}"><h3>${escapeHtml(name)}</h3>${paragraphs(schema.description)}${schemaRows(schema)}</section>`,
  );
  return sections.join("\n");
}

function toLinks(part: string, entries: readonly Entry[]): string {
  const links = entries.map(
    ({ method, operation }) =>
      `<li><a href="#${operation.operationId}"><code>${method}</code> ${escapeHtml(operation.summary)}</a></li>`,
  );
  return `<p>${escapeHtml(part)}</p>\n<ul>${links.join("")}</ul>`;
}

function toSection({ method, path, operation }: Entry, { servers }: OpenApi): string {
  const body = operation.requestBody?.content["application/json"]?.schema;
  return `<section id="${operation.operationId}">
<h3>${escapeHtml(operation.summary)}</h3>
<p class="path"><code><b>${method}</b> ${escapeHtml(path)}</code></p>
${paragraphs(operation.description)}
${toParameterTable(operation.parameters)}
${body ? `<h4>Body</h4>${schemaRows(body)}` : ""}
<h4>Answers</h4>
${toAnswers(operation)}
<pre><code>${escapeHtml(toCurl({ method, path, operation }, servers[0]?.url ?? ""))}</code></pre>
</section>`;
}

function toParameterTable(parameters: readonly Parameter[]): string {
  if (parameters.length === 0) return "";
  const rows = parameters.map(
    ({ name, in: place, required, description, schema }) =>
      `<tr><td><code>${escapeHtml(name)}</code>${required ? "" : " <i>optional</i>"}</td><td>${place}</td><td>${typeOf(schema)}</td><td>${inline(description ?? "")}</td></tr>`,
  );
  return `<h4>Parameters</h4>
<table><thead><tr><th>Name</th><th>In</th><th>Type</th><th>Meaning</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

function toAnswers({ responses }: Operation): string {
  const items = Object.entries(responses).map(([status, { description, content = {} }]) => {
    const schema = Object.values(content)[0]?.schema;
    const isOurs = schema !== undefined && !status.startsWith("4") && !status.startsWith("5");
    return `<dt><code>${status}</code></dt><dd>${paragraphs(description)}${isOurs ? schemaRows(schema) : ""}</dd>`;
  });
  return `<dl>${items.join("")}</dl>`;
}

function toCurl({ method, path, operation }: Entry, url: string): string {
  const isOpen = operation.security.length === 0;
  const whole = `${url}${path.replace("{ws}", "main")}`;
  const key = operation.parameters.some(({ name }) => name === "key") ? "?key=$KEY" : "";
  return [
    `curl ${method === "GET" ? "" : `-X ${method} `}"${whole}${key}"`,
    ...(isOpen ? [] : [`-H "Authorization: Bearer $TOKEN"`]),
    ...(operation.requestBody ? [`-H "Content-Type: application/json" -d @body.json`] : []),
  ].join(" \\\n  ");
}

function paragraphs(text: string | undefined): string {
  if (text === undefined) return "";
  return text
    .split("\n\n")
    .map((one) => `<p>${inline(one)}</p>`)
    .join("");
}
