/**
 * The style sheet of the uptime page, in one column.
 *
 * @module
 */

import { BASE_STYLE } from "../../../report/html/page_style.ts";
import { BAR_STYLE } from "./bar_style.ts";

const CHECKS = `
.group { margin-top: 1.8rem; }
.check { scroll-margin-top: .5rem; }
.many .check { content-visibility: auto; contain-intrinsic-size: auto 14rem; }
.check:target { border-color: var(--link); box-shadow: 0 0 0 2px var(--link); }
.new, .unknown, .no-data, .removed { color: var(--soft); } .maintenance { color: var(--maintenance); }
.stale { font-weight: 600; }
.not-up > li { padding: .45rem 0; border-top: 1px solid var(--line); }
.not-up > li:first-child, .incidents > li:first-child { border-top: 0; }
.not-up .state { margin-right: .3rem; } .why { display: block; }
.incidents a, .not-up a { font-weight: 600; }
.incidents > li { padding: .4rem 0; border-top: 1px solid var(--line); }
.outages > li { padding-left: .7rem; border-left: .25rem solid var(--down); margin-top: .3rem; font-size: .9rem; }
.outages > .soft { border-color: var(--line); }
.incidents bdi, .outages bdi { display: block; } .incidents a bdi, .outages a bdi { display: inline; }
.also .sign, dd .sign { margin: 0; }
.changes li { font-size: .875rem; }
`;

const PLOT = `
.plot { height: 9rem; } .shared { position: absolute; width: 0; height: 0; }
#gaps { stroke: var(--card); stroke-width: .1; } .p90 { stroke: var(--p90); stroke-width: 1; }
.plot path { fill: var(--band); } .plot .p90 { fill: none; } .plot .shade { fill: var(--down); opacity: .2; }
.frame { position: relative; margin-top: 1.1rem; border-bottom: 1px solid var(--line); border-top: 1px dashed var(--line); }
.frame span { position: absolute; top: -.75rem; right: 0; background: var(--card); padding-left: .4rem; }
.frame span { color: var(--soft); font-size: .8rem; }
`;

const NARROW_AND_PRINT = `
@media (max-width: 32rem) { .days span { word-spacing: 100vw; } }
@media print { .many .check { content-visibility: visible; } }
`;

/** The whole style sheet. */
export const PAGE_STYLE = BASE_STYLE + CHECKS + BAR_STYLE + PLOT + NARROW_AND_PRINT;
