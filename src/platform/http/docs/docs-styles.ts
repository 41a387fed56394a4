/** Tokens and sizes are those of every page of ours. */
export const docsStyles = `
:root{color-scheme:light dark;--ground:#F6F6F4;--surface:#FFFFFF;--line:#E4E4E0;--text:#1C1D1F;--quiet:#5B6067;--accent:#0F766E;--tint:#E3F3F1}
@media (prefers-color-scheme:dark){:root{--ground:#121315;--surface:#17181B;--line:#2B2F35;--text:#E9EAEC;--quiet:#A2A8B0;--accent:#4FD1C1;--tint:#12302D}}
*{box-sizing:border-box}
html{scroll-padding-top:16px}
body{margin:0;background:var(--ground);color:var(--text);font:14px/20px system-ui,sans-serif;display:grid;grid-template-columns:280px minmax(0,1fr);font-variant-numeric:tabular-nums}
nav{position:sticky;top:0;height:100vh;overflow:auto;padding:24px 16px;border-right:1px solid var(--line);font-size:13px;line-height:18px}
nav p{margin:16px 0 4px;font-weight:600}
nav ul{list-style:none;margin:0;padding:0}
nav li{margin:0 0 4px}
nav code{color:var(--quiet);font-size:11px}
main{max-width:960px;padding:24px 32px 96px}
h1{margin:0 0 16px;font-size:20px;line-height:28px;font-weight:600}
h1 small,.quiet{color:var(--quiet);font-weight:400}
h2{margin:40px 0 8px;font-size:16px;line-height:24px;font-weight:600}
h3{margin:0 0 8px;font-size:14px;font-weight:600}
h4{margin:16px 0 4px;font-size:12px;line-height:16px;font-weight:600;color:var(--quiet)}
p{margin:0 0 8px;overflow-wrap:anywhere}
section{margin:0 0 16px;padding:16px;background:var(--surface);border:1px solid var(--line);border-radius:10px}
section:target{border-color:var(--accent)}
table{width:100%;border-collapse:collapse;font-size:13px;line-height:18px}
th{text-align:left;font-weight:400;font-size:12px;color:var(--quiet)}
th,td{padding:4px 12px 4px 0;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:break-word}
td code{overflow-wrap:anywhere}
td:last-child{min-width:200px}
td:first-child{min-width:140px}
i{color:var(--quiet);font-style:normal;font-size:12px}
dl{display:grid;grid-template-columns:40px minmax(0,1fr);gap:4px 8px;margin:0}
dd{margin:0}
dd p{margin:0 0 4px}
code,pre{font-family:ui-monospace,monospace;font-size:12px}
.path code{font-size:13px}
pre{margin:12px 0 0;padding:12px;background:var(--ground);border-radius:6px;overflow:auto}
a{color:var(--accent);text-decoration:none}
a:hover{text-decoration:underline}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
@media (max-width:800px){body{display:block}nav{position:static;height:auto;max-height:40vh;border-right:0;border-bottom:1px solid var(--line)}main{padding:16px}table{display:block;overflow:auto}}
`;
