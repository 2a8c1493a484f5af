/** The style of a report: one column, light or dark as the reader's system is, black on white on paper. */
export const PAGE_STYLE: string = `
:root { --paper: #ffffff; --ink: #1d1d1f; --soft: #55585e; --line: #d9dbdf; --card: #f5f6f8; --accent: #00734f; --alarm: #9a4b00; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #16181c; --ink: #eceef1; --soft: #a9afb8; --line: #3a3f47; --card: #20242a; --accent: #4cc79d; --alarm: #f0b04f; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1.25rem 3rem; }
h1 { font-size: 1.35rem; line-height: 1.3; margin: 0 0 1rem; overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; margin: 2.5rem 0 .5rem; }
p { margin: .5rem 0; overflow-wrap: anywhere; }
.verdict { border-left: 5px solid var(--accent); background: var(--card); margin: 0 0 1rem; padding: .75rem 1rem; font-size: 1.15rem; font-weight: 600; }
.warning { border-left: 5px solid var(--alarm); background: var(--card); padding: .5rem 1rem; }
ul.warning { padding-left: 2.2rem; }
.note, figcaption, caption { color: var(--soft); font-size: .9rem; }
li { overflow-wrap: anywhere; }
figure { margin: .75rem 0; overflow-x: auto; }
figcaption { margin-top: .25rem; }
svg { display: block; width: 100%; min-width: 36rem; height: auto; }
svg .paper { fill: var(--paper); }
svg .ink { fill: var(--ink); }
svg .soft { fill: var(--soft); }
svg .grid { stroke: var(--line); }
svg .ink-line { stroke: var(--ink); }
svg .receive { fill: var(--ink); }
.wide { overflow-x: auto; margin: .25rem 0 1rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: .95rem; }
caption { text-align: left; padding: .25rem 0; }
th, td { padding: .3rem .45rem; border-bottom: 1px solid var(--line); white-space: nowrap; }
thead th { color: var(--soft); font-weight: 600; border-bottom-width: 2px; }
.left { text-align: left; }
.right { text-align: right; }
summary { cursor: pointer; color: var(--soft); font-size: .9rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: .5rem 0; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
footer { margin-top: 2.5rem; border-top: 1px solid var(--line); padding-top: .5rem; color: var(--soft); font-size: .85rem; }
@media print {
  :root { --paper: #ffffff; --ink: #000000; --soft: #444444; --line: #bbbbbb; --card: #ffffff; --accent: #00734f; --alarm: #9a4b00; }
  body { font-size: 11pt; }
  main { max-width: none; padding: 0; }
  svg { min-width: 0; }
  .wide, figure { overflow: visible; }
  summary { display: none; }
  table { font-size: 9pt; }
  figure, table, .verdict, tr { break-inside: avoid; }
  h2 { break-after: avoid; }
  svg, table { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
