import { assertEquals } from "@std/assert";
import type {
  AnnouncedPersistence,
  BodyFacts,
  ConnectionEnd,
  ConnectionFacts,
  ProbeResult,
} from "../../../lib/result.ts";
import type { FieldLine } from "../../../lib/http/field_line.ts";
import { describeDisagreement, layOutConnection } from "../../../lib/report/text/connection.ts";
import { layOutDeviations } from "../../../lib/report/text/deviations.ts";
import { makeDeviation } from "../../../lib/http/deviation.ts";
import { goodConnection, plainResult, refusedResult, truncatedResult } from "../_samples.ts";
import { testView } from "./_view.ts";
import { stepRows, testRows } from "../../_test_rows.ts";

const untilClose: BodyFacts = {
  framing: "until-close",
  bytes: 3,
  wireBytes: 3,
  complete: true,
  trailers: [],
};

Deno.test(
  "layOutConnection() shows who ended the connection, how and when",
  { permissions: "none" },
  async (test) => {
    const close = { persistent: false };
    const rows: [changes: Partial<ConnectionFacts>, lines: string[]][] = [
      [{}, ["connection   still open after the response, as announced"]],
      [{ end: { by: "us", how: "open", after: 12 } }, [
        "connection   kept open for the 12 ms that sonde watched, as announced",
      ]],
      [{ end: { by: "us", how: "open", watched: 1000 }, announced: close }, [
        "connection   kept open for the 1 s that sonde watched, although the head",
        "               announced a close",
      ]],
      [{ end: { by: "us", how: "closed", after: 0.5 } }, [
        "connection   closed by sonde 0.5 ms after the response (the head announced",
        "               keep-alive)",
      ]],
      [{ end: { by: "us", how: "closed" } }, [
        "connection   closed by sonde (the head announced keep-alive)",
      ]],
      [{ end: { by: "us", how: "fin" }, announced: close }, [
        "connection   ended by sonde with FIN (the head announced a close)",
      ]],
      [{ end: { by: "us", how: "rst" } }, ["connection   reset by sonde (the head announced keep-alive)"]],
      [{ end: { by: "peer", how: "closed" }, announced: close }, [
        "connection   closed by the peer, as announced",
      ]],
      [{ end: { by: "peer", how: "fin", after: 0.2 } }, [
        "connection   closed by the peer with FIN 0.2 ms after the response, although the",
        "               head announced keep-alive",
      ]],
      [{ end: { by: "peer", how: "fin", after: 4400 }, announced: { persistent: true, timeout: 5 } }, [
        "connection   closed by the peer with FIN 4.4 s after the response (the head",
        "               announced keep-alive: idle timeout 5 seconds)",
      ]],
      [{ end: { by: "peer", how: "rst", after: 2 }, announced: close }, [
        "connection   reset by the peer (RST) 2 ms after the response, as announced",
      ]],
      [{ end: { by: "peer", how: "tls-truncated" }, announced: close }, [
        "connection   ended by the peer without close_notify, as announced",
      ]],
      [{ end: { by: "peer", how: "close-notify", after: 2 }, announced: close }, [
        "connection   ended by the peer with close_notify 2 ms after the response, as",
        "               announced",
      ]],
      [{ end: { by: "peer", how: "close-notify", fin: false }, announced: close }, [
        "connection   ended by the peer with close_notify, no FIN seen, as announced",
      ]],
      [{ end: { by: "peer", how: "close-notify", fin: true, finAfter: 0.5 }, announced: close }, [
        "connection   ended by the peer with close_notify, FIN 0.5 ms later, as announced",
      ]],
      [{ reused: true, requestNumber: 3, announced: { persistent: true, timeout: 9, max: 1 } }, [
        "connection   still open after the response, as announced: idle timeout",
        "               9 seconds, at most 1 more request",
        "             reused: request 3 on this connection",
      ]],
      [{ surplusBytes: 1204 }, [
        "connection   still open after the response, as announced",
        "             1,204 octets came after the end of the response",
      ]],
    ];
    await stepRows(test, rows, ([changes, lines]) => {
      const headers: FieldLine[] = [["Connection", "keep-alive, or close"]];
      const result = plainResult({ connection: goodConnection(changes), headers });
      assertEquals(layOutConnection(result, testView()), lines);
    });
    const { announced: _announced, ...silent } = goodConnection({ end: { by: "peer", how: "fin" } });
    assertEquals(describeDisagreement(silent), undefined);
    assertEquals(layOutConnection(plainResult({ connection: silent }), testView()), [
      "connection   closed by the peer with FIN",
    ]);
    assertEquals(layOutConnection(refusedResult(), testView()), []);
    assertEquals(layOutConnection(plainResult(), testView({ verbose: true })), [
      "connection   still open after the response, the default of HTTP/1.1",
      "             new for this request",
      "             from 127.0.0.1:40112",
    ]);
  },
);

testRows<[changes: Partial<ProbeResult>, announced: AnnouncedPersistence, end: ConnectionEnd, line: string]>(
  "layOutConnection() claims no announcement that the head did not make",
  [
    [
      {},
      { persistent: true },
      { by: "us", how: "open", watched: 3 },
      "kept open for the 3 ms that sonde watched, the default of HTTP/1.1",
    ],
    [
      { headers: [["Connection", "Upgrade"]] },
      { persistent: true },
      { by: "us", how: "open" },
      "still open after the response, the default of HTTP/1.1",
    ],
    [
      { headers: [["KEEP-ALIVE", "timeout=5"]] },
      { persistent: true, timeout: 5 },
      { by: "us", how: "open" },
      "still open after the response, as announced: idle timeout 5 seconds",
    ],
    [{}, { persistent: true }, { by: "us", how: "closed" }, "closed by sonde"],
    [
      {},
      { persistent: true },
      { by: "peer", how: "fin", after: 4400 },
      "closed by the peer with FIN 4.4 s after the response",
    ],
    [
      {},
      { persistent: true },
      { by: "peer", how: "fin" },
      "closed by the peer with FIN, although the head did not announce it",
    ],
    [
      { version: "1.0" },
      { persistent: false },
      { by: "us", how: "open" },
      "still open after the response, although the head did not announce keep-alive",
    ],
    [
      { version: "1.0" },
      { persistent: false },
      { by: "peer", how: "fin" },
      "closed by the peer with FIN, the default of HTTP/1.0",
    ],
    [
      { body: untilClose },
      { persistent: false },
      { by: "peer", how: "fin" },
      "closed by the peer with FIN, which ends the body",
    ],
  ],
  ([changes, announced, end, line]) => {
    const result = plainResult({ headers: [], connection: goodConnection({ announced, end }), ...changes });
    assertEquals(layOutConnection(result, testView({ width: 120 })), [`connection   ${line}`]);
  },
  { permissions: "none" },
);

testRows<[end: ConnectionEnd, lines: string[]]>(
  "layOutConnection() adds to an error only the signal and the time",
  [
    [{ by: "us", how: "open" }, ["connection   kept open"]],
    [{ by: "us", how: "closed" }, []],
    [{ by: "us", how: "closed", after: 802 }, ["connection   closed by sonde 802 ms after the last octet"]],
    [{ by: "peer", how: "fin" }, ["connection   closed by the peer with FIN"]],
    [{ by: "peer", how: "fin", after: 3 }, [
      "connection   closed by the peer with FIN 3 ms after the last octet",
    ]],
    [{ by: "peer", how: "rst" }, []],
    [{ by: "peer", how: "rst", after: 3 }, [
      "connection   reset by the peer (RST) 3 ms after the last octet",
    ]],
    [{ by: "peer", how: "tls-truncated" }, ["connection   ended by the peer without close_notify"]],
    [{ by: "peer", how: "close-notify", fin: true, finAfter: 1 }, [
      "connection   ended by the peer with close_notify, FIN 1 ms later",
    ]],
    [{ by: "peer", how: "close-notify", fin: false, after: 2 }, [
      "connection   ended by the peer with close_notify 2 ms after the last octet, no",
      "               FIN seen",
    ]],
  ],
  ([end, lines]) => {
    const result = truncatedResult({ connection: goodConnection({ end }) });
    assertEquals(layOutConnection(result, testView()), lines);
  },
  { permissions: "none" },
);

Deno.test("layOutConnection() leaves octets after the response to their deviation", {
  permissions: "none",
}, () => {
  const connection = goodConnection({ surplusBytes: 12 });
  const deviations = [makeDeviation("excess-data", 40, "Octets after the end of the response")];
  assertEquals(layOutConnection(plainResult({ connection, deviations }), testView()), [
    "connection   still open after the response, the default of HTTP/1.1",
  ]);
  assertEquals(
    layOutDeviations(plainResult({ connection, deviations }), testView()).at(-1)?.trim(),
    "12 octets came after the end of the response",
  );
});

testRows<[changes: Partial<ConnectionFacts>, text: string | undefined]>(
  "describeDisagreement() describes a contradiction between announcement and behaviour",
  [
    [{}, undefined],
    [{ announced: { persistent: false }, end: { by: "peer", how: "fin" } }, undefined],
    [{ announced: { persistent: false }, end: { by: "us", how: "closed" } }, undefined],
    [{ announced: { persistent: false } }, "the server promised to close, but left the connection open"],
    [{ end: { by: "us", how: "closed", after: 1 } }, undefined],
    [
      { end: { by: "peer", how: "fin", after: 3.1 } },
      "the server promised keep-alive, then closed after 3.1 ms",
    ],
    [{ end: { by: "peer", how: "rst" } }, "the server promised keep-alive, then closed"],
    [
      { announced: { persistent: true, timeout: 60 }, end: { by: "peer", how: "fin", after: 300 } },
      "the server promised 60 seconds of keep-alive, then closed after 300 ms",
    ],
    [
      { announced: { persistent: true, timeout: 5 }, end: { by: "peer", how: "fin", after: 4400 } },
      undefined,
    ],
    [
      { announced: { persistent: true, timeout: 5 }, end: { by: "peer", how: "fin", after: 5003 } },
      undefined,
    ],
    [{ announced: { persistent: true, max: 0 }, end: { by: "peer", how: "fin", after: 1 } }, undefined],
  ],
  ([changes, text]) => {
    assertEquals(describeDisagreement(goodConnection(changes)), text);
  },
  {
    permissions: "none",
  },
);

testRows<[changes: Partial<ConnectionFacts>, text: string]>(
  "describeDisagreement() claims no promise that the head did not make",
  [
    [{ end: { by: "peer", how: "fin", after: 3.1 } }, "the server closed after 3.1 ms without announcing it"],
    [
      { announced: { persistent: false } },
      "the server left the connection open without announcing keep-alive",
    ],
  ],
  ([changes, text]) => {
    assertEquals(describeDisagreement(goodConnection(changes), { headers: [["Server", "x"]] }), text);
  },
  { permissions: "none" },
);
