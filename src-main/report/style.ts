import { pageMargins, pageSizes, type PageName } from './paper.ts';

const { top, side, bottom } = pageMargins;
/** Sheets on their sides, for figures that have one to themselves. */
const pages = (Object.keys(pageSizes) as PageName[])
  .map((name) => {
    const { width, height } = pageSizes[name];
    return `@page ${name} { size: ${width}mm ${height}mm; margin: ${top}mm ${side}mm ${bottom}mm; }
.on-${name} { page: ${name}; }`;
  })
  .join('\n');

/** How the report looks, on a screen and on paper. */
export const style = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#ffffff, #14181f);
  --sunken: light-dark(#f3f5f8, #1c222b);
  --line: light-dark(#d9dee6, #313a47);
  --ink: light-dark(#161c26, #e7ebf1);
  --soft: light-dark(#465163, #aab4c2);
  --faint: light-dark(#5d6879, #8e9aaa);
  --accent: light-dark(#2a5bd7, #8ab0ff);
  --good: light-dark(#0c7443, #4fd292);
  --warn: light-dark(#8a5300, #f2b950);
  --bad: light-dark(#b3261e, #ff8f85);
  --bad-soft: light-dark(#fdf1f0, #32191a);
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body {
  margin: 0 auto;
  max-width: 72rem;
  padding: 2.5rem 1.5rem 4rem;
  background: var(--ground);
  color: var(--ink);
  font: 0.9375rem/1.5 Inter, 'Inter Variable', system-ui, 'Apple SD Gothic Neo', 'Malgun Gothic', 'Noto Sans KR', 'Noto Sans CJK KR', sans-serif;
  word-break: keep-all;
  overflow-wrap: anywhere;
}
code, pre { font-family: 'JetBrains Mono', 'JetBrains Mono Variable', ui-monospace, 'Cascadia Code', Menlo, 'DejaVu Sans Mono', 'Liberation Mono', 'Noto Sans Mono CJK KR', monospace; font-size: 0.875em; }
h1 { margin: 0.25rem 0 1.5rem; font-size: 2.25rem; line-height: 1.15; }
h2 { margin: 3rem 0 1rem; padding-bottom: 0.35rem; border-bottom: 2px solid var(--accent); font-size: 1.5rem; }
h3 { margin: 2rem 0 0.75rem; font-size: 1.125rem; }
h2 .number, h3 .number, nav .number { margin-right: 0.4em; color: var(--faint); font-weight: 400; font-variant-numeric: tabular-nums; }
p { margin: 0.5rem 0; max-width: 60rem; }
a { color: var(--accent); text-decoration: none; }
a:hover { text-decoration: underline; }
a:focus-visible, .table:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.subtitle { margin: 0; color: var(--soft); font-size: 1.0625rem; }
dl { margin: 0.75rem 0; }
dl > div { display: grid; grid-template-columns: 14rem minmax(0, 1fr); gap: 1rem; padding: 0.3rem 0; border-bottom: 1px solid var(--line); }
dt { color: var(--soft); }
dd { margin: 0; }
nav { margin: 2rem 0; padding: 1rem 1.25rem; border-radius: 8px; background: var(--sunken); }
nav h2 { margin: 0 0 0.5rem; padding: 0; border: 0; font-size: 1.125rem; }
nav ol { margin: 0; padding: 0; list-style: none; }
nav > ol > li { font-weight: 600; }
nav ol ol { font-weight: 400; }
nav > ol { columns: 2; column-gap: 2.5rem; }
nav li { break-inside: avoid-column; }
nav ol ol { padding-left: 1.25rem; font-size: 0.875rem; }
.table { overflow-x: auto; margin: 0.75rem 0 1.25rem; }
table { width: 100%; border-collapse: collapse; font-size: 0.8125rem; line-height: 1.4; }
caption { padding: 0.25rem 0; color: var(--soft); font-weight: 600; text-align: start; }
th, td { padding: 0.3rem 0.6rem 0.3rem 0; border-bottom: 1px solid var(--line); text-align: start; vertical-align: top; }
th { color: var(--soft); font-weight: 600; }
thead th { border-bottom: 1.5px solid var(--faint); }
td { min-width: 2.5rem; }
.even { table-layout: fixed; overflow-wrap: anywhere; }
.fill-in th:last-child { width: 26%; }
.fill-in td { padding-bottom: 0.9rem; }
.fill-in td:last-child { border-left: 1px solid var(--line); }
.table { overflow-wrap: break-word; }
code.long { overflow-wrap: anywhere; }
.right { white-space: nowrap; text-align: end; font-variant-numeric: tabular-nums; padding-right: 0.9rem; }
.good { color: var(--good); }
.warn { color: var(--warn); }
.bad { color: var(--bad); }
.faint { color: var(--faint); }
tr.bad, tr.warn { color: inherit; }
tr.bad > td { background: var(--bad-soft); }
figure { margin: 1rem 0 1.5rem; }
figcaption { margin-top: 0.35rem; color: var(--soft); font-size: 0.8125rem; }
.sheet { overflow-x: auto; border: 1px solid var(--line); border-radius: 8px; background: #f7f8fa; }
.sheet:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.picture svg { display: block; width: 100%; min-width: min(var(--own), 70rem); max-width: calc(1.25 * var(--own)); height: auto; margin: 0 auto; }
.code figcaption { margin: 0; font-weight: 600; }
pre { margin: 0.25rem 0 0; padding: 0.6rem 0.75rem; overflow-x: auto; border-radius: 6px; background: var(--sunken); white-space: pre-wrap; }
@media (max-width: 40rem) { nav > ol { columns: 1; } dl > div { grid-template-columns: 1fr; gap: 0; } }
@page { size: A4; margin: 18mm 14mm 18mm; @bottom-right { content: counter(page) ' / ' counter(pages); color: #5d6879; font: 8.5pt system-ui, sans-serif; } }
${pages}
@media print {
  :root { color-scheme: light; }
  body { max-width: none; padding: 0; font-size: 9.5pt; }
  .cover { padding-top: 18mm; }
  h1 { font-size: 26pt; }
  h2 { margin-top: 8mm; font-size: 16pt; }
  h3 { font-size: 12pt; }
  h2, h3, caption { break-after: avoid; }
  table { font-size: 8pt; }
  #details table { font-size: 7pt; }
  thead { display: table-header-group; }
  tr, figure, dl > div, table.kept { break-inside: avoid; }
  tbody tr:first-child { break-before: avoid; }
  pre { white-space: pre-wrap; }
  figure.code { break-inside: auto; }
  .table { overflow: visible; }
  section.page { break-before: page; }
  dl.facts { break-inside: avoid; }
  section > h3:first-of-type { break-before: avoid; }
  .sheet { overflow: visible; border: 0; border-radius: 0; background: none; }
  .picture svg { width: var(--paper); min-width: 0; max-width: none; border: 0.5pt solid var(--line); border-radius: 6pt; }
  #diagram .picture + .picture:not(.legend) { break-before: page; }
  nav { background: none; padding: 0; font-size: 9pt; }
  nav ol ol { font-size: 8.5pt; }
  a { color: inherit; }
}
`;
