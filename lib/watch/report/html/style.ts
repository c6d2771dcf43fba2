/** The style sheet of the page: light or dark by the reader's setting, one column on a phone. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #ffffff; --text: #1b1f24; --soft: #57606a; --line: #d9dee4; --none: #e4e8ec;
  --up: #1a7f4b; --degraded: #b7791f; --down: #c93c37; --unknown: #8b949e;
  --dns: #7a6ff0; --connect: #2f81c7; --tls: #b15bb5; --send: #8d99a6; --wait: #e3a13a; --receive: #3aa675;
  --p90: #1b1f24;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0f1318; --card: #181d24; --text: #e6e9ed; --soft: #9aa4af; --line: #2e3640; --none: #2a313a;
    --up: #3fb37f; --degraded: #e0a83a; --down: #f0655d; --unknown: #7d8894;
    --dns: #9a91ff; --connect: #58a6e6; --tls: #d28ad6; --send: #a3aeb9; --wait: #efb75c; --receive: #5cc796;
    --p90: #e6e9ed;
  }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 64rem; padding: 1.25rem 1rem 3rem; background: var(--page); color: var(--text);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; }
h1 { font-size: 1.5rem; margin: 0; }
h2 { font-size: 1.1rem; margin: 0; overflow-wrap: anywhere; }
a { color: inherit; }
.soft { color: var(--soft); font-size: .875rem; margin: .15rem 0 0; overflow-wrap: anywhere; }
.tiles { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1rem 0; padding: 0; list-style: none; }
.tiles li { flex: 1 1 8rem; background: var(--card); border: 1px solid var(--line); border-radius: .6rem;
  padding: .6rem .9rem; }
.tiles b { display: block; font-size: 1.4rem; line-height: 1.3; font-variant-numeric: tabular-nums; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: 1rem; margin: 1rem 0; }
.head { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .25rem 1rem; align-items: baseline; }
.head strong { font-size: 1.25rem; font-variant-numeric: tabular-nums; white-space: nowrap; }
.state { display: inline-block; border-radius: 1rem; padding: 0 .6rem; font-size: .8rem; font-weight: 600;
  border: 1.5px solid currentColor; vertical-align: .1em; }
.up { color: var(--up); } .degraded { color: var(--degraded); } .down { color: var(--down); }
.new, .unknown { color: var(--soft); }
.scroll { overflow-x: auto; } .card > .scroll, .card > ul { margin-top: .8rem; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; font-variant-numeric: tabular-nums; }
th { text-align: left; color: var(--soft); font-weight: 600; }
th:last-child, td:last-child { padding-right: 0 !important; }
th, td { padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
tr:last-child td, tr:last-child th { border-bottom: 0; }
td.n, th.n, .figures td, .figures th + th { text-align: right; white-space: nowrap; }
.rows td { white-space: nowrap; } .rows td:last-child { min-width: 14rem; overflow-wrap: anywhere; white-space: normal; }
.rows tr > :nth-child(3):not(:last-child) { text-align: right; }
svg { display: block; width: 100%; }
.strip { height: 1.75rem; margin-top: .9rem; shape-rendering: crispEdges; } .plot { height: 9rem; }
.shared { position: absolute; width: 0; height: 0; }
#gaps { stroke: var(--card); stroke-width: .1; } .p90 { fill: none; stroke: var(--p90); stroke-width: 2; }
.strip .none { fill: var(--none); } .strip .up { fill: var(--up); } .strip .degraded { fill: var(--degraded); }
.strip .down { fill: var(--down); } .strip .unknown { fill: var(--unknown); }
.dns { fill: var(--dns); background: var(--dns); } .connect { fill: var(--connect); background: var(--connect); }
.tls { fill: var(--tls); background: var(--tls); } .send { fill: var(--send); background: var(--send); }
.wait { fill: var(--wait); background: var(--wait); } .receive { fill: var(--receive); background: var(--receive); }
.frame { position: relative; margin-top: 1.1rem; border-bottom: 1px solid var(--line); border-top: 1px dashed var(--line); }
.frame span { position: absolute; top: -.75rem; right: 0; background: var(--card); padding-left: .4rem; }
.axis { display: flex; justify-content: space-between; } .axis, .frame span, .legend { color: var(--soft); font-size: .8rem; }
.legend { display: flex; flex-wrap: wrap; gap: .1rem 1rem; margin: .4rem 0 0; padding: 0; list-style: none; }
.legend i { display: inline-block; width: .75rem; height: .75rem; border-radius: .15rem; margin-right: .35rem;
  vertical-align: -.05em; }
@media (max-width: 32rem) {
  .card { padding: .8rem; } table { font-size: .8rem; } th, td { padding-right: .5rem; } .rows td:last-child { min-width: 9rem; }
  .rows td:nth-child(-n + 2) { white-space: normal; min-width: 5.2rem; }
}
.legend .tick { height: .15rem; vertical-align: .3em; background: var(--p90); }
`;
