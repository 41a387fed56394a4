import type { Language } from "#domain/text.ts";

export interface Page {
  readonly language: Language;
  /** Plain text: the verdict. */
  readonly title: string;
  /** HTML; whatever came from outside went through `escapeHtml`. */
  readonly body: string;
}

/** A whole small page, readable without script and without a network. */
export function renderPage({ language, title, body }: Page): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
<style>${styles}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${body}
</main>
</body>
</html>
`;
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const styles = `
:root{color-scheme:light dark;--ground:#F6F6F4;--surface:#FFFFFF;--line:#E4E4E0;--text:#1C1D1F;--quiet:#5B6067;--accent:#0F766E}
@media (prefers-color-scheme:dark){:root{--ground:#121315;--surface:#17181B;--line:#2B2F35;--text:#E9EAEC;--quiet:#A2A8B0;--accent:#4FD1C1}}
body{margin:0;background:var(--ground);color:var(--text);font:14px/20px system-ui,sans-serif}
main{max-width:640px;margin:10vh auto;padding:24px;background:var(--surface);border:1px solid var(--line);border-radius:10px}
h1{margin:0 0 16px;font-size:20px;line-height:28px;font-weight:600}
p,li{color:var(--quiet);overflow-wrap:anywhere}
a{color:var(--accent)}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
code{font-family:ui-monospace,monospace;font-size:13px}
`;
