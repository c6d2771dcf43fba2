/**
 * The style that all pages share: light or dark by the reader's setting, no scroll to the side.
 *
 * @module
 */

/** The colours. Each text has a contrast of at least 4.5 to 1, each bar one of at least 3 to 1. */
const COLOURS = `
:root {
  color-scheme: light dark;
  --page: #f4f6f8; --card: #ffffff; --text: #1b1f24; --soft: #555e68; --line: #d5dae0; --link: #0b57a8;
  --up: #167444; --degraded: #b7791f; --down: #c62828; --unknown: #737d87; --maintenance: #3f6fb5; --warn: #855300;
  --dns: #7a6ff0; --connect: #2f81c7; --tls: #b15bb5; --send: #8d99a6; --wait: #e3a13a; --receive: #3aa675;
  --p90: #1b1f24; --alarm: #fff1f0; --on: #ffffff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0f1318; --card: #181d24; --text: #e6e9ed; --soft: #a2acb7; --line: #333c47; --link: #8ec1ff;
    --up: #3fb37f; --degraded: #e0a83a; --down: #ff6b61; --unknown: #8a95a1; --maintenance: #79a9ec; --warn: #f0bf63;
    --dns: #9a91ff; --connect: #58a6e6; --tls: #d28ad6; --send: #a3aeb9; --wait: #efb75c; --receive: #5cc796;
    --p90: #e6e9ed; --alarm: #3a1d1d; --on: #14181d;
  }
}
`;

const LAYOUT = `
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0 auto; max-width: 64rem; padding: 1.25rem 1rem 3rem; background: var(--page); color: var(--text);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; margin: 0; }
h2 { font-size: 1.2rem; margin: 0; }
h3 { font-size: 1.05rem; margin: 0; flex: 1 1 12rem; }
h4 { font-size: .9rem; margin: .8rem 0 0; }
p { margin: .25rem 0 0; }
ul, ol, dl { margin: .5rem 0 0; padding: 0; list-style: none; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: .2rem; }
time, .utc { font-variant-numeric: tabular-nums; white-space: nowrap; }
.soft { color: var(--soft); font-size: .875rem; font-weight: 400; }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin-top: .5rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: .9rem 1rem; margin: .8rem 0; }
.head { display: flex; flex-wrap: wrap; gap: .2rem .9rem; align-items: baseline; }
.head strong { font-size: 1.2rem; font-variant-numeric: tabular-nums; white-space: nowrap; }
.head small { font-size: .8rem; font-weight: 400; color: var(--soft); }
.reason { font-weight: 600; }
.up { color: var(--up); } .degraded { color: var(--warn); } .down, .failing, .flapping { color: var(--down); }
.state { display: inline-block; border-radius: 1rem; padding: 0 .65rem; font-size: .85rem; font-weight: 600;
  border: 1.5px solid currentColor; white-space: nowrap; }
.state.down { background: var(--down); border-color: var(--down); color: var(--on); }
.sign { display: inline-block; min-width: 1.1em; margin-right: .35em; text-align: center; }
.overview { border-left: .5rem solid currentColor; }
.overview > * { color: var(--text); }
.overview h2 { font-size: 1.5rem; line-height: 1.25; }
.overview.down { background: var(--alarm); }
.counts { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; font-weight: 600; }
dt { font-weight: 600; margin-top: .5rem; } dd { margin: 0; }
summary { cursor: pointer; color: var(--link); padding: .3rem 0; font-size: .9rem; }
details { margin-top: .3rem; }
`;

const TABLES = `
svg { display: block; width: 100%; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; font-variant-numeric: tabular-nums; margin-top: .6rem; }
th { text-align: left; color: var(--soft); font-weight: 600; }
th, td { padding: .25rem 0 .25rem .5rem; border-bottom: 1px solid var(--line); }
th:first-child { padding-left: 0; overflow-wrap: normal; }
.figures td, .figures th + th { text-align: right; }
.figures td, .figures th { overflow-wrap: normal; } .figures th { white-space: nowrap; }
tr:last-child td, tr:last-child th { border-bottom: 0; }
.dns { --band: var(--dns); } .connect { --band: var(--connect); } .tls { --band: var(--tls); }
.send { --band: var(--send); } .wait { --band: var(--wait); } .receive { --band: var(--receive); }
.figures th[class]::before, .figures i { content: ""; display: inline-block; width: .75rem; height: .75rem;
  border-radius: .15rem; margin-right: .35rem; vertical-align: -.05em; background: var(--band); }
.figures i { height: .15rem; vertical-align: .3em; background: var(--p90); }
.axis { display: flex; justify-content: space-between; gap: 1rem; } .axis span:last-child { text-align: right; } .axis time { white-space: normal; }
.axis { color: var(--soft); font-size: .8rem; }
`;

const NARROW_AND_PRINT = `
@media (max-width: 32rem) { .figures { font-size: .75rem; } .figures :is(td, th) { padding-left: .3rem; }
  body { padding: .8rem .6rem 2rem; } .card { padding: .75rem; } }
@media print {
  :root { color-scheme: light; --page: #fff; --card: #fff; --text: #000; --soft: #444; --line: #bbb; --link: #000; --up: #167444;
    --degraded: #b7791f; --down: #c62828; --unknown: #737d87; --maintenance: #3f6fb5; --warn: #855300; --p90: #000;
    --alarm: #fff; --on: #fff; }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  html { font-size: 12px; } body { max-width: none; padding: 0; font-size: 1rem; }
  nav { display: none; } .card { break-inside: avoid; }
}
`;

/** The style of every page; what a page adds comes after it. */
export const BASE_STYLE = COLOURS + LAYOUT + TABLES + NARROW_AND_PRINT;
