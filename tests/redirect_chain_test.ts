import { assertEquals } from "@std/assert";
import {
  chainCertificates,
  chainFacts,
  chainStart,
  chainTimings,
  chainTotal,
  earliestCertificate,
} from "../lib/redirect_chain.ts";
import type { ProbeResult } from "../lib/result.ts";
import { testRows } from "./_test_rows.ts";
import { goodResult, goodTls, plainResult, refusedResult } from "./report/_samples.ts";

/** A hop whose own certificate and issuers end after these days; the name of each is its number of days. */
function hop(url: string, [own, ...issuers]: number[], changes: Partial<ProbeResult> = {}): ProbeResult {
  const { certificate, ...tls } = goodTls();
  return goodResult({
    url,
    tls: {
      ...tls,
      certificate: { ...certificate!, ...named(own!), issuers: issuers.map(named) },
    },
    ...changes,
  });
}

function named(
  days: number,
): { subject: string; notAfter: string; daysLeft: number; fingerprint256: string } {
  const notAfter = new Date(Date.UTC(2026, 2, 1) + days * 86_400_000).toISOString();
  return { subject: `CN=${days}`, notAfter, daysLeft: days, fingerprint256: `f${days}` };
}

const A = "https://a.test/";
const B = "https://b.test/";

testRows<[title: string, result: ProbeResult, found: [subject: string, url: string] | undefined]>(
  "earliestCertificate() finds the certificate of a chain that ends first:",
  [
    ["that of the server", hop(A, [10, 50, 90]), ["CN=10", A]],
    ["that of an intermediate authority", hop(A, [60, 50, 90]), ["CN=50", A]],
    ["that of the root", hop(A, [60, 50, 40]), ["CN=40", A]],
    ["that of an earlier hop", hop(B, [60], { redirects: [hop(A, [3])] }), ["CN=3", A]],
    ["that of an issuer of an earlier hop", hop(B, [60], { redirects: [hop(A, [80, 3])] }), ["CN=3", A]],
    ["the first of two hops with the same one", hop(B, [60, 9], { redirects: [hop(A, [70, 9])] }), [
      "CN=9",
      A,
    ]],
    ["one that has expired", hop(A, [60, -2]), ["CN=-2", A]],
    ["past a hop over plain HTTP", hop(B, [60], { redirects: [hop(A, [3]), plainResult()] }), ["CN=3", A]],
    ["before a last hop over plain HTTP", plainResult({ redirects: [hop(A, [3])] }), ["CN=3", A]],
    ["none over plain HTTP", plainResult(), undefined],
    ["none without a connection", refusedResult(), undefined],
  ],
  ([_title, result, found]) => {
    const earliest = earliestCertificate(result);
    assertEquals(earliest && [earliest.subject, earliest.url], found);
  },
  { permissions: "none" },
);

Deno.test("earliestCertificate() passes over a date that cannot be read", () => {
  const result = hop(A, [10, 50]);
  result.tls!.certificate!.notAfter = "unknown";
  assertEquals(earliestCertificate(result)?.subject, "CN=50");
});

Deno.test("chainCertificates() lists each certificate once, and says whether its hop was accepted", () => {
  const refused = hop(A, [3, 9]);
  refused.tls!.verified = false;
  const result = hop(B, [60, 9], { redirects: [refused] });
  assertEquals(chainCertificates(result).map(({ sha256, url, verified }) => [sha256, url, verified]), [
    ["f3", A, false],
    ["f9", A, false],
    ["f60", B, true],
  ]);
});

Deno.test("chainCertificates() reads results of older versions, which have no issuers", () => {
  const result = goodResult();
  delete result.tls!.certificate!.issuers;
  assertEquals(chainCertificates(result).map(({ subject }) => subject), ["CN=shop.example.test"]);
});

Deno.test("chainTotal() adds up all hops, and leaves out failed attempts", () => {
  const { error } = refusedResult();
  const first = plainResult({ timings: { total: 1200 }, attempts: [{ error: error!, total: 5000 }] });
  const result = plainResult({
    timings: { total: 34.5 },
    redirects: [first],
    attempts: [{ error: error!, total: 5000 }],
  });
  assertEquals(chainTotal(result), 1234.5);
  assertEquals(chainFacts(result), { total: 1234.5, hops: 2 });
});

Deno.test("chainTimings() adds up the phases of all hops, and takes the longest lag", () => {
  const first = plainResult({ timings: { dns: 1, connect: 2, wait: 3, total: 6, lag: 4, lost: 1 } });
  const timings = { connect: 10, tls: 20, wait: 30, own: 1, total: 61, lag: 2, lost: 2 };
  assertEquals(chainTimings(plainResult({ timings, redirects: [first] })), {
    dns: 1,
    connect: 12,
    tls: 20,
    wait: 33,
    own: 1,
    total: 67,
    lag: 4,
    lost: 3,
  });
  assertEquals(timings.total, 61);
});

testRows<[title: string, starts: [first: string, ...others: string[]], found: string]>(
  "chainStart() finds the start of the first hop:",
  [
    ["no redirect", ["2026-03-01T12:00:00.000Z"], "2026-03-01T12:00:00.000Z"],
    [
      "two redirects",
      ["2026-03-01T12:00:00.000Z", "2026-03-01T12:00:05.000Z", "2026-03-01T12:00:09.000Z"],
      "2026-03-01T12:00:00.000Z",
    ],
  ],
  ([_title, starts, found]) => {
    const redirects = starts.slice(0, -1).map((startedAt) => plainResult({ startedAt }));
    assertEquals(chainStart(plainResult({ startedAt: starts.at(-1)!, redirects })), found);
  },
  { permissions: "none" },
);
