import { assertEquals } from "@std/assert";
import type { ProbeResult } from "../../../lib/result.ts";
import { goodTls } from "../../report/_samples.ts";
import fc from "../../fast_check.ts";
import { ONCE, simulate, type SimulatedRun, toldBy } from "./_follow.ts";
import { testRows } from "../../_test_rows.ts";

const PURE = { permissions: "none" } as const;

/** The result of a server whose certificate has a name, with issuers. */
function seen(
  name: string,
  daysLeft: number,
  issuers: [name: string, daysLeft: number][] = [],
): Partial<ProbeResult> {
  const tls = goodTls({}, daysLeft);
  return {
    tls: {
      ...tls,
      certificate: {
        ...tls.certificate!,
        fingerprint256: name,
        daysLeft,
        notAfter: endAfter(daysLeft),
        issuers: issuers.map(([issuer, days]) => ({
          subject: `CN=${issuer}`,
          notAfter: endAfter(days),
          daysLeft: days,
          fingerprint256: issuer,
        })),
      },
    },
  };
}

function endAfter(days: number): string {
  return new Date(Date.UTC(2026, 2, 1 + days)).toISOString();
}

function runs(...results: Partial<ProbeResult>[]): SimulatedRun[] {
  return results.map((result) => ({ verdict: "up", result }));
}

function times(count: number, ...results: Partial<ProbeResult>[]): Partial<ProbeResult>[] {
  return Array.from({ length: count }, () => results).flat();
}

testRows<[name: string, runs: SimulatedRun[], days: number[], told: string[]]>(
  "advanceState() tells of a certificate once for each threshold:",
  [
    ["not at the threshold", runs(seen("a", 15), seen("a", 14)), [14], []],
    ["below the threshold", runs(seen("a", 14), seen("a", 13), seen("a", 12)), [14], ["1: certificate-soon"]],
    ["after it expired", runs(seen("a", 0), seen("a", -1), seen("a", -2)), [14], ["0: certificate-soon"]],
    ["only expired ones", runs(seen("a", 0), seen("a", -1), seen("a", -2)), [0], ["1: certificate-soon"]],
    [
      "several thresholds",
      runs(...[22, 20, 8, 6, 2, 0, -1].map((days) => seen("a", days))),
      [21, 7, 1],
      ["1: certificate-soon", "3: certificate-soon", "5: certificate-soon"],
    ],
    ["several thresholds at once", runs(seen("a", 0), seen("a", 0)), [21, 7, 1], ["0: certificate-soon"]],
    ["two servers that take turns", runs(...times(20, seen("a", 5), seen("b", 80))), [14], [
      "0: certificate-soon",
    ]],
    [
      "two servers, both certificates end soon",
      runs(...times(20, seen("b", 80), seen("a", 5), seen("c", 9))),
      [14],
      ["1: certificate-soon", "2: certificate-soon"],
    ],
    [
      "two servers, one of them rarely",
      runs(...times(4, seen("a", 5), ...times(20, seen("b", 80)))),
      [14],
      ["0: certificate-soon", "5: certificate-renewed"],
    ],
    [
      "two servers, of which the other one came first",
      runs(seen("b", 80), seen("a", 5), ...times(49, seen("b", 80)), seen("a", 5)),
      [14],
      ["1: certificate-soon"],
    ],
    [
      "three servers, of which the other two take turns meanwhile",
      runs(seen("a", 5), ...times(20, seen("b", 80), seen("c", 90)), seen("a", 5)),
      [14],
      ["0: certificate-soon"],
    ],
    [
      "two servers that both get a new certificate",
      runs(...times(5, seen("a", 5), seen("b", 80)), ...times(55, seen("c", 90))),
      [14],
      ["0: certificate-soon", "58: certificate-renewed"],
    ],
    [
      "two servers that took turns before",
      runs(
        ...times(3, seen("a", 15), seen("b", 80)),
        ...times(2, seen("a", 13), ...times(20, seen("b", 80))),
      ),
      [14],
      ["6: certificate-soon"],
    ],
    [
      "a renewal",
      runs(seen("a", 13), ...times(10, seen("b", 90))),
      [14],
      ["0: certificate-soon", "5: certificate-renewed"],
    ],
    [
      "an old certificate that returns",
      runs(
        seen("a", 13),
        ...times(10, seen("b", 90)),
        ...times(10, seen("a", 13)),
        ...times(60, seen("b", 90)),
      ),
      [14],
      ["0: certificate-soon", "5: certificate-renewed"],
    ],
    [
      "an old certificate that returns, and comes to the next threshold",
      runs(seen("a", 13), ...times(10, seen("b", 90)), seen("a", 6)),
      [14, 7],
      ["0: certificate-soon", "5: certificate-renewed", "11: certificate-soon"],
    ],
    [
      "a renewal by one that ends soon",
      runs(seen("a", 3), ...times(10, seen("b", 10))),
      [14],
      ["0: certificate-soon", "1: certificate-soon"],
    ],
    ["a renewal in time", runs(seen("a", 20), ...times(10, seen("b", 90))), [14], []],
    ["a clock that was set back", runs(...[13, 40, 13].map((days) => seen("a", days))), [14], [
      "0: certificate-soon",
    ]],
    [
      "an issuer that ends before the certificate",
      runs(...times(5, seen("a", 80, [["ca", 5], ["root", 900]]))),
      [14],
      ["0: certificate-soon"],
    ],
    [
      "certificate and issuer",
      runs(...times(5, seen("a", 9, [["ca", 5], ["root", 900]]))),
      [14],
      ["0: certificate-soon"],
    ],
  ],
  ([, list, certificateDays, told]) => {
    assertEquals(toldBy(list, { thresholds: { certificateDays } }), told);
  },
  PURE,
);

Deno.test(
  "advanceState() names the certificate that a change is about, also one of an earlier hop",
  PURE,
  () => {
    const { tls } = seen("b", 80);
    const hop = { ...seen("a", 5), url: "https://old.example.test/" };
    const redirects = [{ ...hop, status: 301, timings: { total: 1 } }] as unknown as ProbeResult["redirects"];
    const { changes } = simulate([{ verdict: "up", result: { tls: tls!, redirects } }], { thresholds: ONCE });
    const certificate = {
      subject: "CN=shop.example.test",
      notAfter: "2026-03-06T00:00:00.000Z",
      daysLeft: 5,
      sha256: "a",
      threshold: 14,
    };
    assertEquals(changes.map(({ cause, certificate }) => [cause, certificate]), [[
      "the certificate CN=shop.example.test of old.example.test expires in 5 days, on 2026-03-06",
      certificate,
    ]]);
  },
);

testRows<[name: string, runs: SimulatedRun[], remembered: number]>(
  "advanceState() remembers as few certificates as it needs:",
  [
    ["a new one for every run", runs(...Array.from({ length: 200 }, (_, index) => seen(`${index}`, 80))), 50],
    [
      "a new one for every run, which ends soon",
      runs(...Array.from({ length: 200 }, (_, index) => seen(`${index}`, 5))),
      100,
    ],
    ["one that was told of", runs(seen("a", 5), ...times(60, seen("b", 80))), 2],
    ["one that nobody was told of", runs(seen("a", 80), ...times(60, seen("b", 80))), 1],
  ],
  ([, list, remembered]) => {
    assertEquals(Object.keys(simulate(list).state.certificates ?? {}).length, remembered);
  },
  PURE,
);

Deno.test("advanceState() says when the certificate ends that replaced another one", PURE, () => {
  const { changes } = simulate(runs(seen("a", 13), ...times(10, seen("b", 90))));
  const [, renewed] = changes;
  assertEquals(
    renewed?.cause,
    "the new certificate expires in 90 days, on 2026-05-30",
  );
  assertEquals([renewed?.certificate?.sha256, renewed?.certificate?.threshold], ["b", undefined]);
});

testRows<[certificateSoon: boolean, told: string[]]>(
  "advanceState() does not repeat what a state of an older version told, certificateSoon:",
  [[true, []], [false, ["0: certificate-soon"]]],
  ([certificateSoon, told]) => {
    const state = { condition: "up", since: "2026-03-01T11:00:00.000Z", certificateSoon } as const;
    assertEquals(toldBy(runs(seen("a", 5), seen("a", 5)), { state }), told);
  },
  PURE,
);

const HTTP = { url: "http://shop.example.test/", tls: undefined } as unknown as Partial<ProbeResult>;
const ELSEWHERE = { url: "https://new.example.test/" };
const FAILED = {
  ...HTTP,
  error: { kind: "refused", phase: "connect", by: "target", message: "no" },
} as Partial<ProbeResult>;

testRows<[name: string, runs: SimulatedRun[], ended: number[]]>(
  "advanceState() ends what it told of a certificate whose host the check needs no longer:",
  [
    ["the check uses no TLS", runs(seen("a", 5), ...times(60, HTTP)), [50]],
    ["another host", runs(seen("a", 5), ...times(60, { ...seen("b", 80), ...ELSEWHERE })), [50]],
    [
      "another host whose certificate ends",
      runs(seen("a", 5), ...times(60, { ...seen("b", 5), ...ELSEWHERE })),
      [],
    ],
    ["a certificate that nobody was told of", runs(seen("a", 80), ...times(60, HTTP)), []],
    ["a redirect that leads elsewhere now and then", runs(...times(60, seen("a", 5), HTTP)), []],
    ["failures", runs(seen("a", 5), ...times(60, FAILED)), []],
    ["a renewal after that", runs(seen("a", 5), ...times(49, HTTP), ...times(9, seen("b", 80))), []],
  ],
  ([, list, ended]) => {
    const { changes } = simulate(list);
    const removals = changes.filter(({ kind }) => kind === "removed");
    assertEquals(removals.map(({ run }) => run), ended);
    assertEquals(removals.some(({ quiet, ends }) => quiet !== true || ends !== "certificate-soon"), false);
  },
  PURE,
);

Deno.test(
  "advanceState() never repeats a certificate and threshold, whatever servers take turns",
  PURE,
  () => {
    const thresholds = [21, 7, 1];
    const server = fc.record({
      ends: fc.integer({ min: 0, max: 60 }),
      issuerEnds: fc.integer({ min: 0, max: 60 }),
    });
    const pools = fc.array(server, { minLength: 1, maxLength: 4 });
    const turns = fc.array(fc.nat(3), { minLength: 20, maxLength: 60 });
    fc.assert(fc.property(pools, turns, (pool, order) => {
      // One run a day.
      const days = order.map((turn, day) => {
        const at = turn % pool.length;
        const { ends, issuerEnds } = pool[at]!;
        return { at, left: ends - day, issuerLeft: issuerEnds - day };
      });
      const sightings = days.map(({ at, left, issuerLeft }) =>
        seen(`s${at}`, left, [[`i${at}`, issuerLeft]])
      );
      const { changes } = simulate(runs(...sightings), { thresholds: { certificateDays: thresholds } });
      const told = changes.filter(({ kind }) => kind === "certificate-soon")
        .map(({ certificate }) => `${certificate!.sha256} ${certificate!.threshold}`);
      assertEquals(told, [...new Set(told)]);
      assertEquals(told.length > 0, days.some(({ left, issuerLeft }) => Math.min(left, issuerLeft) < 21));
    }));
  },
);
