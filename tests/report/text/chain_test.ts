import { assertEquals } from "@std/assert";
import { layOutChain } from "../../../lib/report/text/chain.ts";
import type { ProbeResult } from "../../../lib/result.ts";
import { goodResult, goodTls, plainResult } from "../_samples.ts";
import { STYLED, testView } from "./_view.ts";
import { testRows } from "../../_test_rows.ts";

/** A hop over TLS that took 1.2 s and whose certificate has these days left. */
function hop(daysLeft: number, fingerprint256: string): ProbeResult {
  const { certificate, ...tls } = goodTls();
  const notAfter = new Date(Date.UTC(2026, 2, 1) + daysLeft * 86_400_000).toISOString();
  return goodResult({
    url: "https://first.test/",
    timings: { total: 1200 },
    tls: {
      ...tls,
      certificate: { ...certificate!, subject: "CN=first", notAfter, daysLeft, fingerprint256 },
    },
  });
}

const TOTAL = "{heading:chain}        2 requests, total 2.1 s";

testRows<[title: string, result: ProbeResult, lines: string[]]>(
  "layOutChain() shows the time of all hops, and a certificate of an earlier one:",
  [
    ["no redirect", goodResult(), []],
    [
      "plain HTTP",
      plainResult({ timings: { total: 900 }, redirects: [plainResult({ timings: { total: 1200 } })] }),
      [
        TOTAL,
      ],
    ],
    ["an earlier end", goodResult({ timings: { total: 900 }, redirects: [hop(5, "a")] }), [
      TOTAL,
      "             {dim:certificate that ends first }CN=first of https://first.test/, until 2026-03-06T00:00:00.000Z, {bad:5 days left}",
    ]],
    ["a later end", goodResult({ timings: { total: 900 }, redirects: [hop(400, "a")] }), [TOTAL]],
    [
      "the same certificate",
      { ...hop(5, "a"), timings: { total: 900 }, redirects: [hop(5, "a")] },
      [TOTAL],
    ],
  ],
  ([, result, lines]) => {
    assertEquals(layOutChain(result, testView(STYLED)), lines);
  },
  { permissions: "none" },
);
