import { assertEquals, assertStringIncludes } from "@std/assert";
import { describeTyping, formatRawSummary, HexView } from "../../../../lib/cli/commands/raw/view.ts";
import type { RawResult } from "../../../../lib/raw.ts";
import { testView } from "../../../report/text/_view.ts";
import { stepRows } from "../../../_test_rows.ts";

function result(changes: Partial<RawResult>): RawResult {
  return {
    schema: 1,
    input: "a.test:25",
    startedAt: "2026-03-01T12:00:00.000Z",
    ok: true,
    sent: 6,
    received: 1_234,
    timings: { connect: 1, total: 20 },
    connection: {
      peer: { address: "192.0.2.1", port: 25, family: 4 },
      local: { address: "192.0.2.9", port: 50_000 },
    },
    end: { by: "us", how: "closed" },
    ...changes,
  };
}

Deno.test(
  "formatRawSummary() names who ended the exchange, and why",
  { permissions: "none" },
  async (test) => {
    const rows: [changes: Partial<RawResult>, ending: string][] = [
      [{ stop: "silence" }, "closed by sonde after a silence"],
      [{ stop: "max-received" }, "closed by sonde at the limit of --max-received"],
      [{ stop: "until" }, "closed by sonde at the text of --until"],
      [{ stop: "error" }, "closed by sonde"],
      [{}, "closed by sonde"],
      [
        { stop: "peer", end: { by: "peer", how: "fin", after: 3 } },
        "closed by the peer (FIN), 3 ms after the last octet",
      ],
      [{ stop: "peer", end: { by: "peer", how: "rst" } }, "reset by the peer (RST)"],
      [
        { stop: "peer", end: { by: "peer", how: "tls-truncated" } },
        "ended by the peer without close_notify",
      ],
    ];
    await stepRows(test, rows, ([changes, ending]) => {
      const lines = formatRawSummary(result(changes), testView({ width: 200 }));
      assertEquals(lines.split("\n"), [
        `192.0.2.1:25: sent 6 octets, received 1,234 octets; ${ending}`,
        "connect 1 ms, total 20 ms",
      ]);
    });
    const error = {
      kind: "reset",
      phase: "wait",
      by: "target",
      message: "the peer reset it after 1,800 octets sent and 1 received",
    } as const;
    const reset = formatRawSummary(
      result({ error, end: { by: "peer", how: "rst", after: 3 } }),
      testView({ width: 200 }),
    );
    assertEquals(reset.split("\n").slice(0, 2), [
      "FAILED: reset (fault of the target): the peer reset it",
      "192.0.2.1:25: sent 6 octets, received 1,234 octets; RST, 3 ms after the last octet",
    ]);
    const early = formatRawSummary(result({ early: 20, sent: 1 }), testView({ width: 200 })).split("\n")[0];
    assertEquals(
      early,
      "192.0.2.1:25: sent 1 octet, received 1,234 octets (20 before anything was sent); closed by sonde",
    );
  },
);

Deno.test("formatRawSummary() shows the facts of TLS", { permissions: "none" }, async (test) => {
  const tls = { version: "TLSv1.2", alpn: null, sni: "a.test", verified: true };
  const rows: [tls: NonNullable<RawResult["tls"]>, text: string][] = [
    [tls, ", TLSv1.2: sent"],
    [{ ...tls, verified: false }, ", TLSv1.2 (not verified): sent"],
    [{ ...tls, askedToRenegotiate: true }, ", TLSv1.2, asked to renegotiate and was refused: sent"],
  ];
  await stepRows(test, rows, ([tls, text]) => {
    const first = formatRawSummary(result({ tls }), testView({ width: 200 })).split("\n")[0];
    assertStringIncludes(first!, `192.0.2.1:25${text} 6 octets`);
  });
});

Deno.test("HexView numbers octets continuously across pieces", { permissions: "none" }, () => {
  const view = new HexView();
  const octets = Uint8Array.from({ length: 16 }, (_, index) => index);
  const offsets = [octets, octets.subarray(0, 4), octets].map((piece) =>
    view.push(piece).split("\n").map((line) => line.slice(0, 8)).filter((offset) => offset !== "")
  );
  assertEquals(offsets, [["00000000"], ["00000010"], ["00000010", "00000020"]]);
});

Deno.test("describeTyping() says how lines are sent, and how to end", { permissions: "none" }, () => {
  const [lf, crlf] = [describeTyping({ crlf: false }), describeTyping({ crlf: true })];
  assertStringIncludes(lf, "with LF alone (--crlf sends CRLF); Ctrl-D ends the input");
  assertStringIncludes(crlf, "each line goes to the server with CRLF; Ctrl-D");
});
