import { assert, assertEquals } from "@std/assert";
import { formatProfileHtml } from "../../../lib/report/profile/profile_html.ts";
import type { ConnectionProfile } from "../../../lib/result.ts";
import { testRows } from "../../_test_rows.ts";
import { find, only, parsePage, textOf } from "../html/_page_tree.ts";
import { HOSTILE } from "../_samples.ts";
import { sampleProfile } from "./_profile.ts";

const AWAY = { kind: "refused", phase: "connect", by: "target", message: "connection refused" } as const;

/** A profile in which every text is the given one. */
function profileNamed(text: string): ConnectionProfile {
  return sampleProfile({
    input: text,
    url: text,
    startedAt: text,
    error: { ...AWAY, message: text },
    experiments: {
      [text]: { outcome: text, summary: text, facts: { [text]: text }, evidence: [text], ms: 1 },
    },
    findings: [{ code: text, severity: "problem", experiment: text, message: text, advice: text }],
    checks: [{ expect: text, ok: false, actual: text }, {
      expect: text,
      ok: false,
      actual: null,
      advice: text,
    }],
  });
}

testRows(
  "formatProfileHtml() gives one well-formed page without network access or foreign markup",
  [
    "shop",
    HOSTILE,
    '"><script>alert(1)</script>',
    "</title></style></script><!--",
    "' onmouseover='alert(1)",
  ],
  (text) => {
    const html = formatProfileHtml([profileNamed(text), sampleProfile()]);
    const page = parsePage(html);
    assertEquals(find(page, "script").length, 1);
    const attributes = find(page, "").flatMap((element) => [...element.attributes]);
    assertEquals(attributes.filter(([key]) => /^(?:on|src|style|action|poster|srcset)/.test(key)), []);
    assertEquals(attributes.filter(([key, value]) => key === "href" && !value.startsWith("#")), []);
    // deno-lint-ignore no-control-regex -- control characters must not reach the page
    assert(!/[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u2028\u202e\u2066\ufeff]/.test(html));
  },
  { permissions: "none" },
);

Deno.test("formatProfileHtml() shows what is wrong first, with advice and evidence", {
  permissions: "none",
}, () => {
  const { experiments, findings } = sampleProfile();
  const profile = sampleProfile({
    experiments: {
      ...experiments,
      "close": {
        outcome: "ignored",
        summary: "open",
        facts: { ms: 5 },
        evidence: ["#1 0.000 > GET /", "#1 0.002 < 200", "#1 0.003 * closed by sonde"],
        ms: 5,
      },
    },
    findings: [
      { code: "slow", severity: "info", experiment: "keep-alive", message: "slow", advice: "none" },
      { code: "odd", severity: "info", experiment: "constructor", message: "odd", advice: "none" },
      ...findings,
      {
        code: "close-ignored",
        severity: "problem",
        experiment: "close",
        message: "stays open",
        advice: "end it",
      },
    ],
    checks: [{ expect: "close.outcome == honoured", ok: false, actual: "ignored" }],
  });
  const card = only(parsePage(formatProfileHtml([profile])), "#p1");
  assertEquals(find(only(card, "ul.parts"), "li").map(textOf), [
    "problem idle-too-shortcloses before the proxy does→ raise it <b>",
    "problem close-ignoredstays open→ end it#1 0.002 < 200",
    "info slowslow→ none",
    "info oddodd→ none",
  ]);
  const [, ...rows] = find(card, "tr");
  assertEquals(rows.map((row) => find(row, "td")[0]!.attributes.get("class")), [
    "soft",
    "down",
    "up",
    "down",
  ]);
  assertEquals(
    textOf(rows.at(-1)!),
    "closeignoredopenFacts and evidence, 5 msms 5#1 0.000 > GET /#1 0.002 < 200#1 0.003 * closed by sonde",
  );
  assert(textOf(card).includes('✕ does not hold close.outcome == honoured found "ignored"'), textOf(card));
});

Deno.test(
  "formatProfileHtml() counts servers, and says which ones it leaves out",
  { permissions: "none" },
  () => {
    const fine = sampleProfile({ findings: [] });
    const failed = sampleProfile({ ok: false, error: AWAY, experiments: {}, findings: [] });
    const local = sampleProfile({
      ok: false,
      error: { ...AWAY, by: "local" },
      experiments: {},
      findings: [],
    });
    const overview = (profiles: ConnectionProfile[]) =>
      only(parsePage(formatProfileHtml(profiles)), "section.overview");
    assertEquals(
      find(only(overview([fine, sampleProfile(), failed, local]), "ul.counts"), "li").map(textOf),
      [
        "✕1 failed",
        "?1 not measured",
        "▲1 with findings",
        "✓1 without findings",
      ],
    );
    assertEquals(find(overview([fine]), "p").map(textOf), []);
    assertEquals(
      find(overview(Array.from({ length: 205 }, () => fine)), "p").map(textOf),
      ["The page has the first 200 of them, and leaves out 5."],
    );
  },
);
