/**
 * @file The HTML form of the message. No link, image or script: plain blocks with inline styles that hold at 320 and at 600
 * pixels, and colours that follow light and dark. Its two boxes are tables, because Outlook draws with Word, which knows
 * paddings, colours and widths of cells and hardly any of blocks. Nothing typed gets in unescaped.
 */
import { type Said } from './words.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escape = (text: string): string => text.replace(/[&<>"']/gu, (character) => ESCAPES[character] ?? '');

/*
 * Mail programs that know dark mode but not media queries turn the colours around by themselves; the light ones
 * are chosen so that they survive it. Those that know media queries get ours.
 */
const DARK = `@media (prefers-color-scheme: dark) {
body, .paper { background: #12151c !important; color: #eef0f4 !important; }
.card { background: #1a1f29 !important; }
.card, .rule { border-color: #2b3240 !important; }
.code { background: #202a4a !important; color: #eef0f4 !important; }
.soft { color: #a9b1c0 !important; }
}`;

const FONT = `font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',Arial,sans-serif`;
/** Eight digits at this size and spacing take 232 px: they fit in 320 px with the paddings around them. */
const CODE = `padding:16px 8px;border-radius:14px;background:#e9edfd;color:#1c2230;font:600 32px/1.2 ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace;letter-spacing:0.12em;text-align:center;font-variant-numeric:tabular-nums;white-space:nowrap`;
/** For layout only: a screen reader reads it as if it were not there. */
const TABLE = 'role="presentation" cellpadding="0" cellspacing="0" border="0"';

const plain = (text: string): string =>
  `<p dir="auto" style="margin:0 0 12px;font-size:16px;line-height:1.5">${escape(text)}</p>`;
const soft = (text: string): string =>
  `<p dir="auto" class="soft" style="margin:0 0 12px;font-size:14px;line-height:1.5;color:#5c6373">${escape(text)}</p>`;

/** The value stands apart from its label in either direction of writing: an amount in Hebrew, a name in Arabic. */
const fact = ({ label, value }: Said['facts'][number]): string =>
  `<p style="margin:0 0 4px;font-size:16px;line-height:1.5"><span class="soft" style="color:#5c6373">${escape(label)}:</span> <bdi style="font-weight:600">${escape(value)}</bdi></p>`;

export const asHtml = (said: Said): string => `<!doctype html>
<html lang="${said.language}" dir="${said.dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no">
<title>${escape(said.subject)}</title>
<style>
:root { color-scheme: light dark; supported-color-schemes: light dark; }
${DARK}
</style>
</head>
<body class="paper" style="margin:0;padding:0;background:#f6f4ef;color:#1c2230;${FONT}">
<div class="paper" style="padding:16px 12px;background:#f6f4ef;color:#1c2230;${FONT}">
<table ${TABLE} align="center" width="536" style="width:100%;max-width:536px;margin:0 auto;border-collapse:separate;table-layout:fixed">
<tr><td class="card" bgcolor="#fffefb" style="padding:24px 20px;background:#fffefb;border:1px solid #e3dfd5;border-radius:16px;overflow-wrap:anywhere;${FONT}">
<h1 dir="auto" style="margin:0 0 16px;font-size:20px;line-height:1.35;font-weight:600">${escape(said.heading)}</h1>
${said.before.map(plain).join('\n')}
<table ${TABLE} width="100%" style="width:100%;margin:8px 0 20px;border-collapse:separate">
<tr><td dir="ltr" class="code" align="center" bgcolor="#e9edfd" style="${CODE}">${escape(said.code)}</td></tr>
</table>
<div class="rule" style="margin:0 0 16px;padding:0 0 12px;border-bottom:1px solid #e3dfd5">
${said.facts.map(fact).join('\n')}
</div>
${[...said.after.map(plain), ...said.foot.map(soft)].join('\n')}
</td></tr>
</table>
</div>
</body>
</html>
`;
