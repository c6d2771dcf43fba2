import { assert, assertEquals } from "@std/assert";
import { formatHtml, HtmlFormatter } from "../../lib/report/html.ts";
import type { CheckOutcome } from "../../lib/report/check_outcome.ts";
import type { ProbeResult } from "../../lib/result.ts";
import { testRows } from "../_test_rows.ts";
import {
  degradedOutcome,
  goodResult,
  HOSTILE,
  hostileOutcome,
  hostileResult,
  outcomeOf,
  plainResult,
  refusedResult,
  truncatedResult,
} from "./_samples.ts";
import { assertRunsOnly, find, only, parsePage, textOf } from "./html/_page_tree.ts";

const LOCAL = refusedResult({
  error: { kind: "permission", phase: "connect", by: "local", message: "Cannot connect: not permitted" },
});

/** A result in which every text is the given one. */
function resultNamed(text: string): ProbeResult {
  return truncatedResult({
    input: text,
    tag: `${text}!`,
    error: { kind: "truncated", phase: "body", by: "target", message: text },
    headers: [["Server", text]],
    checks: [{ expect: text, ok: false, actual: text }],
  });
}

testRows(
  "formatHtml() gives one well-formed page without network access or foreign markup",
  [
    [resultNamed("shop")],
    [resultNamed('"><script>alert(1)</script>')],
    [resultNamed("' onmouseover='alert(1)")],
    [resultNamed("</title></style></script><!--")],
    [resultNamed("]]><![CDATA[&amp;&#60;")],
    [resultNamed("שלום \u202eevil 🦕")],
    [resultNamed(HOSTILE)],
    [hostileResult()],
    [goodResult(), refusedResult(), truncatedResult(), LOCAL],
    [],
  ],
  (results) => {
    const html = formatHtml(results);
    const page = parsePage(html);
    const names = new Set(find(page, "").map(({ name }) => name));
    assertEquals(["link", "img", "iframe", "object", "form"].filter((name) => names.has(name)), []);
    assertEquals(find(page, "script").length, 1);
    const attributes = find(page, "").flatMap((element) => [...element.attributes]);
    assertEquals(attributes.filter(([key]) => /^(?:on|src|style|action|poster|srcset)/.test(key)), []);
    assertEquals(attributes.filter(([key, value]) => key === "href" && !value.startsWith("#")), []);
    assertEquals(/url\(|@import|javascript:/i.test(html.slice(0, html.indexOf("</head>"))), false);
    // deno-lint-ignore no-control-regex -- control characters must not reach the page
    assert(!/[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u2028\u202e\u2066\ufeff]/.test(html));
    assert(html.endsWith("</html>\n"));
  },
  { permissions: "none" },
);

Deno.test("formatHtml() lets its own script run, and no other", async () => {
  const html = formatHtml([goodResult()]);
  const script = html.slice(html.indexOf("<script>") + 8, html.indexOf("</script>"));
  await assertRunsOnly(html, script);
});

testRows<[results: ProbeResult[], headline: string, counts: string[]]>(
  "formatHtml() says at a glance how many targets are not ok, the worst outcome first",
  [
    [[goodResult()], "✓The target is ok", ["✓1 ok"]],
    [[refusedResult()], "✕The target is not ok", ["✕1 failed"]],
    [[goodResult(), plainResult()], "✓All 2 targets are ok", ["✓2 ok"]],
    [[goodResult(), refusedResult(), plainResult()], "✕1 of 3 targets is not ok", ["✕1 failed", "✓2 ok"]],
    [[{ ...LOCAL, input: "db" }, refusedResult()], "✕2 of 2 targets are not ok", [
      "✕1 failed",
      "?1 not measured",
    ]],
    [[LOCAL, goodResult()], "?1 of 2 targets is not ok", ["?1 not measured", "✓1 ok"]],
    [[goodResult(), goodResult()], "✓All 2 requests are ok", ["✓2 ok"]],
    [[], "?No target", []],
  ],
  ([results, headline, counts]) => {
    const overview = only(parsePage(formatHtml(results)), "section.overview");
    assertEquals(textOf(only(overview, "h2")), headline);
    assertEquals(find(overview, "li").map(textOf), counts);
  },
  { permissions: "none" },
);

/** Gives the page of checks as a tree. */
function pageOfChecks(checks: readonly CheckOutcome[]) {
  const formatter = new HtmlFormatter();
  const rows = checks.map((check) => formatter.row(plainResult(), { check }));
  return parsePage(formatter.begin() + rows.join("") + formatter.end());
}

Deno.test("HtmlFormatter counts checks by their verdict, and names them", { permissions: "none" }, () => {
  const page = pageOfChecks([outcomeOf("up"), degradedOutcome({ name: "blog" }), hostileOutcome()]);
  const overview = only(page, "section.overview");
  assertEquals(textOf(only(overview, "h2")), "▲2 of 3 checks are not up");
  assertEquals(find(overview, "li").map(textOf), ["▲2 degraded", "✓1 up"]);
  const [, blog] = find(only(page, "table.rows"), "tr").slice(1);
  assertEquals(textOf(find(blog!, "th")[0]!), "blog 127.0.0.1:8080not chain.total < 1s (found 1.2 s)");
  assertEquals(textOf(find(blog!, "td")[1]!), "▲degraded · 200");
});

Deno.test("formatHtml() says of a row what is wrong with it", { permissions: "none" }, () => {
  const page = parsePage(
    formatHtml([
      truncatedResult({
        checks: [{ expect: "status == 200", ok: false, actual: 503 }],
        attempts: [{ error: refusedResult().error!, total: 1 }],
      }),
    ]),
  );
  const row = only(only(page, "table.rows"), "#r1");
  assertEquals(find(row, "span.why").map(textOf), [
    "The connection was closed with FIN after 1,204 of 5,000 octets of the body",
    "not status == 200 (found 503)",
    "after 1 failed attempt",
    "1 redirect, to http://127.0.0.1:8080/",
    "contradiction: the server promised 60 seconds of keep-alive, then closed after 3.1 ms",
    "deviations: obs-text-in-value, bare-lf, truncated-body",
  ]);
});

Deno.test("formatHtml() cuts a long target, and says how long it was", { permissions: "none" }, () => {
  const input = `http://127.0.0.1/${"a".repeat(3_000)}`;
  const [target] = find(only(parsePage(formatHtml([goodResult({ input })])), "#r1"), "bdi");
  assertEquals(textOf(target!), `${input.slice(0, 1_000)}… (3,017 characters)`);
});
