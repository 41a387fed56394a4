/** The style sheet of the pages that hooks show; it stands in the page, so that one answer is the whole page. */
export const styles = `
:root{color-scheme:light dark;--ground:#F6F6F4;--surface:#FFFFFF;--line:#E4E4E0;--strong:#C9CAC5;--text:#1C1D1F;--quiet:#5B6067;
--accent:#0F766E;--on-accent:#FFFFFF;--tint:#E3F3F1;--waits:#9A4A08;--waits-tint:#FDF1E3;--failed:#B42318;--failed-tint:#FCEBE9;--good:#17703F;--good-tint:#E6F3EB;--bubble:#EEF6F1}
@media (prefers-color-scheme:dark){:root{--ground:#121315;--surface:#17181B;--line:#2B2F35;--strong:#414750;--text:#E9EAEC;--quiet:#A2A8B0;
--accent:#4FD1C1;--on-accent:#06201D;--tint:#12302D;--waits:#F2A65A;--waits-tint:#33230F;--failed:#FF8A7A;--failed-tint:#3A1B18;--good:#62C98B;--good-tint:#14301F;--bubble:#1F2A26}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:14px/20px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;font-variant-numeric:tabular-nums;-webkit-text-size-adjust:100%}
header,main{max-width:1120px;margin:0 auto;padding:0 24px}
header{display:flex;align-items:center;justify-content:space-between;height:56px}
.brand{font-weight:600}
.switch{display:inline-flex;border:1px solid var(--strong);border-radius:6px;overflow:clip;overflow-clip-margin:4px;position:relative}
.switch input{position:absolute;opacity:0;width:1px;height:1px}
.switch label{padding:5px 12px;color:var(--quiet);cursor:pointer}
.switch input:checked+label{background:var(--tint);color:var(--accent);font-weight:600}
.switch input:focus-visible+label,:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
main{padding-bottom:48px}
.icon{flex:none;vertical-align:-4px}
.verdict{padding:24px;background:var(--surface);border:1px solid var(--line);border-left-width:4px;border-radius:10px}
.verdict h1{margin:8px 0 4px;font-size:20px;line-height:28px;font-weight:600;text-wrap:balance}
.verdict p{margin:0;max-width:100ch}
.verdict p+p{margin-top:8px}
.state{display:inline-flex;align-items:center;gap:6px;font-weight:600}
.is-good{border-left-color:var(--good)}.is-good .state,.mark.good{color:var(--good)}
.is-warning{border-left-color:var(--waits)}.is-warning .state,.mark.warning{color:var(--waits)}
.is-error,.is-wrong{border-left-color:var(--failed)}.is-error .state,.is-wrong .state,.mark.error,.mark.wrong{color:var(--failed)}
.quiet{color:var(--quiet)}
h2{margin:32px 0 8px;font-size:14px;line-height:20px;font-weight:600}
h3{margin:16px 0 4px;font-size:13px;line-height:18px;font-weight:600}
.card{background:var(--surface);border:1px solid var(--line);border-radius:10px}
.findings{margin:0;padding:0;list-style:none}
.findings li{display:grid;grid-template-columns:150px 1fr;gap:4px 16px;padding:12px 16px}
.findings li+li{border-top:1px solid var(--line)}
.findings p{margin:0;max-width:76ch;overflow-wrap:anywhere}
.findings .advice{color:var(--quiet);margin-top:4px}
.mark{display:inline-flex;align-items:center;gap:6px;font-weight:600;align-self:start}
.columns{display:grid;grid-template-columns:minmax(0,4fr) minmax(0,7fr);gap:0 32px;align-items:start}
dl{margin:0;padding:8px 16px;font-size:13px;line-height:18px}
dl div{display:grid;grid-template-columns:minmax(96px,38%) 1fr;gap:12px;padding:6px 0}
dl div+div{border-top:1px solid var(--line)}
dt{color:var(--quiet)}
dd{margin:0;overflow-wrap:anywhere}
code,pre,.digits{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
code{font-size:13px;overflow-wrap:anywhere}
.digits{font-size:20px;line-height:28px;letter-spacing:.04em}
.message{margin:0 0 8px;padding:12px 14px;background:var(--bubble);border-radius:10px;white-space:pre-wrap;overflow-wrap:anywhere;max-width:60ch}
.link{color:var(--accent);text-decoration:underline}
.hint{margin:4px 0 8px;font-size:12px;line-height:16px;color:var(--quiet)}
table{width:100%;border-collapse:separate;border-spacing:0;overflow:clip;table-layout:fixed;font-size:13px;line-height:18px}
th,td{padding:8px 16px;text-align:left;vertical-align:top;font-weight:400;overflow-wrap:anywhere}
thead th{color:var(--quiet);font-size:12px;line-height:16px}
thead th:first-child{width:29%}thead th:nth-child(2){width:31%}
tbody tr>*{border-top:1px solid var(--line)}
.group th{font-weight:600;padding-top:14px}
td:last-child{color:var(--quiet)}
.none{color:var(--quiet)}
.must{color:var(--failed);font-weight:600}.must code{font-weight:400}.must .none{color:inherit}
pre{margin:0;padding:16px;font-size:13px;line-height:18px;white-space:pre-wrap;overflow-wrap:anywhere}
ol{margin:8px 0 0;padding-left:20px}ol li{margin:4px 0}
@media (max-width:900px){.columns{display:block}}
@media (max-width:600px){
header,main{padding-left:16px;padding-right:16px}
.switch label{padding:11px 14px}
body{font-size:16px;line-height:24px}
.verdict{padding:16px}
.findings li{display:block}.findings p{margin-top:4px}
thead{display:none}
table,tbody{display:block}
tbody tr{display:grid;grid-template-columns:1fr 1fr;gap:2px 16px;padding:10px 16px;border-top:1px solid var(--line)}
tbody:first-of-type .group{border-top:0}
tbody th,tbody td,.group th{display:block;padding:0;border:0}
td:last-child,.group th{grid-column:1/-1}
}
@media print{.switch{display:none}body{background:none}}
`;
