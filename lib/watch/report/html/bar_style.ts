/**
 * The style of the bars. Height and pattern tell the states apart without colour: an outage is the tallest and the only
 * solid bar beside up, and a time without data is almost no bar.
 */
export const BAR_STYLE = `
.bars { display: flex; align-items: flex-end; height: 2.75rem; margin-top: .7rem; border-bottom: 1px solid var(--line); }
.bars i { flex: var(--n, 1) 1 0; min-width: 0; mask: linear-gradient(to right, #000 calc(100% - min(2px, 25%)), #0000 0)
  0 0 / calc(100% / var(--n, 1)) 100%; }
.bars i:hover { filter: brightness(1.2); }
.d, .f, .g, .k, .m, .n, .u, .p, .q { forced-color-adjust: none; }
.d { height: 100%; background: var(--down); }
.f { height: 85%; background: repeating-linear-gradient(135deg, var(--down) 0 4px, #0000 4px 7px); }
.g { height: 70%; background: repeating-linear-gradient(45deg, var(--degraded) 0 5px, #0000 5px 7px); }
.u { height: 50%; background: var(--up); }
.p { height: 50%; background: linear-gradient(to top, #0000 33%, var(--up) 0),
  repeating-linear-gradient(to top, var(--unknown) 0 1px, #0000 1px 4px); }
.q { height: 50%; background: linear-gradient(to top, #0000 45%, var(--up) 0),
  repeating-linear-gradient(to right, var(--maintenance) 0 2px, #0000 2px 5px); }
.k { height: 34%; background: repeating-linear-gradient(to top, var(--unknown) 0 1px, #0000 1px 4px); }
.m { height: 34%; background: repeating-linear-gradient(to right, var(--maintenance) 0 2px, #0000 2px 5px); }
.n { height: 2px; background: var(--unknown); }
.days { display: flex; color: var(--soft); font-size: .75rem; line-height: 1.3; }
.days span { flex: 1 1 0; min-width: 0; padding-right: 2px; overflow-wrap: normal; }
.days b { display: block; color: var(--down); }
.key { display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; font-size: .8rem; color: var(--soft); }
.key span { display: inline-flex; align-items: flex-end; width: .9rem; height: 1rem; margin-right: .35rem;
  border-bottom: 1px solid var(--line); vertical-align: -.1rem; }
.key i { width: 100%; }
`;
