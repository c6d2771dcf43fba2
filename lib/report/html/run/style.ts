/**
 * The style sheet of the page of a run.
 *
 * @module
 */

import { BASE_STYLE } from "../page_style.ts";

const ROWS = `
body { max-width: 90rem; }
.unknown { color: var(--soft); }
.left-out { font-weight: 600; }
.rows th[scope=row] { color: var(--text); min-width: 18rem; }
.rows td { color: var(--text); overflow-wrap: normal; vertical-align: top; } .rows th { vertical-align: top; }
.why { display: block; font-weight: 400; color: var(--soft); }
.down .why { color: var(--down); }
tr:target { outline: 2px solid var(--link); outline-offset: -2px; }
`;

/** The whole style sheet. */
export const RUN_STYLE = BASE_STYLE + ROWS;
