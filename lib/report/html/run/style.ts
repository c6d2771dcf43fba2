/**
 * The style sheet of the page of a run. On a wide screen the lists inside a card stand beside each other.
 *
 * @module
 */

import { BASE_STYLE } from "../page_style.ts";

const CARDS = `
body { max-width: 90rem; }
.parts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); gap: .3rem 2rem; align-items: start; }
.parts > * { min-width: 0; }
.unknown { color: var(--soft); } .maintenance { color: var(--maintenance); }
h3 { margin-top: .8rem; }
.pill { display: inline-block; padding: 0 .5rem; border: 1px solid var(--line); border-radius: 1rem; font-size: .8rem; color: var(--text); }
code { font: .9em/1.4 ui-monospace, "DejaVu Sans Mono", monospace; }
.targets { margin: .2rem 0 .4rem; padding-left: .7rem; border-left: .25rem solid var(--line); font-size: .875rem; font-weight: 400; }
.tally td, .tally th { vertical-align: top; overflow-wrap: normal; }
.tally th[scope=row] { color: var(--text); } .tally :is(td, th):last-child { overflow-wrap: anywhere; width: 50%; }
caption { text-align: left; color: var(--soft); font-size: .875rem; }
.words th, .words th[scope=row] { white-space: normal; } .words th[scope=row] { color: var(--text); min-width: 8rem; }
.why { display: block; font-weight: 400; color: var(--soft); }
`;

const PLOTS = `
.listen { --band: var(--maintenance); } .sonde, .total { --band: var(--unknown); }
.share, .phases { height: .6rem; border-radius: .15rem; } .share path { fill: currentColor; } .phases path { fill: var(--band); }
.beside { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: .5rem 2rem; }
figure { margin: .6rem 0 0; }
.spreads { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .15rem .6rem; align-items: end; }
.spread { height: 1.7rem; border-bottom: 1px solid var(--line); } .spread path { fill: var(--band); }
.decades { display: grid; grid-auto-flow: column; grid-auto-columns: 1fr; color: var(--soft); font-size: .75rem; white-space: nowrap; }
.spread .grid { fill: none; stroke: var(--line); stroke-width: 1; vector-effect: non-scaling-stroke; }
`;

const ROWS = `
.left-out { font-weight: 600; }
#tools { display: flex; flex-wrap: wrap; gap: .4rem 1rem; align-items: end; margin-top: .5rem; font-size: .875rem; }
#tools label { display: flex; flex-direction: column; flex: 0 1 20rem; }
input, select, button { font: inherit; color: inherit; background: var(--card); }
input, select { border: 1px solid var(--unknown); border-radius: .3rem; padding: .25rem .4rem; }
.rows th[scope=row] { color: var(--text); }
.rows td, .rows th { vertical-align: top; overflow-wrap: anywhere; } .rows td { color: var(--text); } .rows td:first-child { color: var(--soft); }
.rows button { border: 0; padding: 0; color: var(--link); font-weight: 600; cursor: pointer; white-space: nowrap; }
[aria-sort=ascending] button::after { content: " ↑"; } [aria-sort=descending] button::after { content: " ↓"; }
.rows :is(td, th):is(:nth-child(1), :nth-child(4), :nth-child(9)) { text-align: right; padding-right: .3rem; }
.rows .down .why { color: var(--down); }
tr:target { outline: 3px solid var(--link); outline-offset: -3px; }
`;

/**
 * On a screen each row is a grid of its own, which a browser lays out only when the reader comes to it: thousands of rows of one
 * table would take seconds. On a narrow screen a row becomes a card, which names its facts.
 */
const SCREENS = `
@media screen {
  .rows, .rows thead, .rows tbody { display: block; }
  .rows tr { display: grid; border-bottom: 1px solid var(--line); } .rows :is(td, th) { padding: 0; border: 0; min-width: 0; }
  .many tbody tr { content-visibility: auto; contain-intrinsic-size: auto 3rem; }
}
@media screen and (min-width: 60.01rem) {
  .rows tr { grid-template-columns: 2.9rem minmax(0, 4fr) 1.2fr .85fr 1.25fr 1.2fr .9fr .7fr .5fr; column-gap: .6rem; padding: .25rem 0; }
}
@media screen and (max-width: 60rem) {
  .rows tbody tr { display: block; padding: .5rem 0; } .many tbody tr { contain-intrinsic-size: auto 7rem; }
  .rows thead { display: none; } .live thead { display: block; } .live thead tr { display: flex; flex-wrap: wrap; gap: .2rem 1rem; }
  .live thead tr::before { content: "Sort by"; color: var(--soft); }
  .rows th[scope=row] { display: block; } .rows td:first-child { float: right; }
  .rows td { display: inline-block; margin-right: .9rem; }
  .rows td:nth-child(5)::before { content: "address "; } .rows td:nth-child(6)::before { content: "server "; }
  .rows td:nth-child(7)::before { content: "framing "; } .rows td:nth-child(8)::before { content: "conn "; }
  .rows td:nth-child(9)::before { content: "deviations "; } .rows td::before { color: var(--soft); }
  .tally { font-size: .8rem; } .decades { font-size: .65rem; }
}
@media screen { .rows tr[hidden] { display: none; } }
`;

const PRINT = `
@media print { #rows { break-inside: auto; } tr { break-inside: avoid; }
  #tools { display: none; } .rows td { white-space: nowrap; }
  .rows td:is(:nth-child(5), :nth-child(6)) { white-space: normal; min-width: 6.5rem; }
  ::details-content { content-visibility: visible; block-size: auto; } }
`;

/** The whole style sheet. */
export const RUN_STYLE = BASE_STYLE + CARDS + PLOTS + ROWS + SCREENS + PRINT;
