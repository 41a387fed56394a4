import { STATUS_CODES } from "node:http";
import type { Language } from "#domain/text.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { commonHeaders, noScript } from "./headers.ts";
import { preferredLanguage, prefersHtml } from "./negotiate.ts";
import { escapeHtml, renderPage } from "./page.ts";
import type { Problem } from "./problem.ts";

/** Answers with the problem as JSON for programs (RFC 9457) and as a small page for people; needs no hook to have run. */
export function answerProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  problem: Problem,
): FastifyReply {
  reply.code(problem.status).headers({
    ...commonHeaders(request.id),
    "cache-control": "no-store",
    vary: "accept, accept-language",
  });
  if (problem.retryAfterMs !== undefined)
    reply.header("retry-after", Math.ceil(problem.retryAfterMs / 1_000));
  if (prefersHtml(request))
    return reply
      .type("text/html; charset=utf-8")
      .header("content-security-policy", noScript)
      .send(toPage(problem, { requestId: request.id, language: preferredLanguage(request) }));
  return reply.type("application/problem+json").send(JSON.stringify(toJson(problem, request.id)));
}

function toJson(problem: Problem, requestId: string) {
  const { status, code, title, detail, errors } = problem;
  return {
    title: STATUS_CODES[status],
    status,
    detail: detail ?? title.en,
    code,
    requestId,
    ...(errors && { errors }),
  };
}

interface Reader {
  readonly requestId: string;
  readonly language: Language;
}

const captions = { en: "Request id", ru: "Номер запроса" };

function toPage({ title, detail, errors }: Problem, { requestId, language }: Reader): string {
  const faults = errors?.map(({ path, message }) => {
    return `<li><code>${escapeHtml(path)}</code> ${escapeHtml(message)}</li>`;
  });
  return renderPage({
    language,
    title: title[language],
    body: [
      detail === undefined ? "" : `<p>${escapeHtml(detail)}</p>`,
      faults ? `<ul>${faults.join("")}</ul>` : "",
      `<p>${captions[language]}: <code>${escapeHtml(requestId)}</code></p>`,
    ].join("\n"),
  });
}
