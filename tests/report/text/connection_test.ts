import { assertEquals } from "@std/assert";
import type { ConnectionFacts } from "../../../lib/result.ts";
import { describeDisagreement, layOutConnection } from "../../../lib/report/text/connection.ts";
import { goodConnection, plainResult, refusedResult } from "../_samples.ts";
import { testView } from "./_view.ts";
import { stepRows, testRows } from "../../_test_rows.ts";

Deno.test(
  "layOutConnection() shows who ended the connection, how and when",
  { permissions: "none" },
  async (test) => {
    const rows: [changes: Partial<ConnectionFacts>, lines: string[]][] = [
      [{}, ["connection   kept open (announced: stays open)"]],
      [{ end: { by: "us", how: "open", after: 12 } }, [
        "connection   kept open, still open 12 ms after the response (announced: stays",
        "               open)",
      ]],
      [{ end: { by: "us", how: "closed", after: 0.5 } }, [
        "connection   closed by us 0.5 ms after the response (announced: stays open)",
      ]],
      [{ end: { by: "us", how: "closed" } }, ["connection   closed by us (announced: stays open)"]],
      [{ end: { by: "us", how: "fin" }, announced: { persistent: false } }, [
        "connection   ended by us with FIN (announced: will close)",
      ]],
      [{ end: { by: "us", how: "rst" } }, ["connection   reset by us (announced: stays open)"]],
      [{ end: { by: "peer", how: "closed" }, announced: { persistent: false } }, [
        "connection   closed by the peer (announced: will close)",
      ]],
      [{ end: { by: "peer", how: "rst", after: 2 }, announced: { persistent: false } }, [
        "connection   reset by the peer (RST) 2 ms after the response (announced: will",
        "               close)",
      ]],
      [{ end: { by: "peer", how: "tls-truncated" }, announced: { persistent: false } }, [
        "connection   ended by the peer without close_notify (announced: will close)",
      ]],
      [{ end: { by: "peer", how: "close-notify", after: 2 }, announced: { persistent: false } }, [
        "connection   ended by the peer with close_notify 2 ms after the response",
        "               (announced: will close)",
      ]],
      [{ end: { by: "peer", how: "close-notify", fin: false }, announced: { persistent: false } }, [
        "connection   ended by the peer with close_notify, no FIN seen (announced: will",
        "               close)",
      ]],
      [
        {
          end: { by: "peer", how: "close-notify", fin: true, finAfter: 0.5 },
          announced: { persistent: false },
        },
        [
          "connection   ended by the peer with close_notify, FIN 0.5 ms later (announced:",
          "               will close)",
        ],
      ],
      [{ reused: true, requestNumber: 3, announced: { persistent: true, max: 1 } }, [
        "connection   kept open (announced: stays open, at most 1 more request)",
        "             reused: request 3 on this connection",
      ]],
      [{ surplusBytes: 1204 }, [
        "connection   kept open (announced: stays open)",
        "             1,204 octets came after the end of the response",
      ]],
    ];
    await stepRows(test, rows, ([changes, lines]) => {
      const result = plainResult({ connection: goodConnection(changes) });
      assertEquals(layOutConnection(result, testView()), lines);
    });
    const { announced: _announced, ...silent } = goodConnection({ end: { by: "peer", how: "fin" } });
    assertEquals(describeDisagreement(silent), undefined);
    assertEquals(layOutConnection(plainResult({ connection: silent }), testView()), [
      "connection   closed by the peer with FIN (nothing announced: no head was read)",
    ]);
    assertEquals(layOutConnection(refusedResult(), testView()), []);
    assertEquals(layOutConnection(plainResult(), testView({ verbose: true })), [
      "connection   kept open (announced: stays open)",
      "             new for this request",
      "             from 127.0.0.1:40112",
    ]);
  },
);

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
