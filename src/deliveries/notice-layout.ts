import type { Language } from "#domain/text.ts";

/** The mail in one language, before it is laid out. */
export interface Section {
  readonly language: Language;
  /** Whom it concerns. */
  readonly verdict: string;
  readonly troubles: readonly TroubleText[];
  readonly facts: readonly string[];
}

export interface TroubleText {
  /** What happened, why, what to do. */
  readonly text: string;
  /** Each time that it happened: the booking, the moment. */
  readonly times: readonly string[];
}

/** One language of a mail as plain text. */
export function toPlainText({ verdict, troubles, facts }: Section): string {
  const told = troubles.map(({ text, times }) =>
    [text, ...times.map((time) => `• ${time}`)].join("\n"),
  );
  return [verdict, ...told, facts.join("\n")].join("\n\n");
}

/** The whole mail as HTML: the same words, readable without images and in the dark. */
export function toHtml(sections: readonly Section[]): string {
  const language = sections[0]?.language ?? "ru";
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(sections[0]?.verdict ?? "")}</title>
<style>${styles}</style>
</head>
<body>
${sections.map(drawSection).join("\n<hr>\n")}
</body>
</html>
`;
}

function drawSection({ language, verdict, troubles, facts }: Section): string {
  return `<div lang="${language}">
<h1>${escapeHtml(verdict)}</h1>
${troubles.map(drawTrouble).join("\n")}
${facts.map((fact) => `<p class="quiet">${escapeHtml(fact)}</p>`).join("\n")}
</div>`;
}

function drawTrouble({ text, times }: TroubleText): string {
  const items = times.map((time) => `<li>${escapeHtml(time)}</li>`).join("");
  return `<div class="trouble"><p>${escapeHtml(text)}</p><ul>${items}</ul></div>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const styles = `
:root{color-scheme:light dark}
body{margin:0;padding:24px;max-width:640px;background:#FFFFFF;color:#1C1D1F;font:14px/20px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;overflow-wrap:anywhere}
h1{margin:0 0 16px;font-size:16px;line-height:24px;font-weight:600}
.trouble{margin:0 0 16px;padding-left:12px;border-left:3px solid #B42318}
p{margin:0 0 4px}
ul{margin:0;padding-left:20px;color:#5B6067}
.quiet{color:#5B6067;font-size:12px;line-height:16px}
hr{margin:24px 0;border:0;border-top:1px solid #E4E4E0}
@media (prefers-color-scheme:dark){body{background:#17181B;color:#E9EAEC}.trouble{border-left-color:#FF8A7A}ul,.quiet{color:#A2A8B0}hr{border-top-color:#2B2F35}}
`;
