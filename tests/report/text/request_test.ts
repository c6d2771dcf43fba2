import { assertEquals } from "@std/assert";
import type { Endpoint, ProbeResult } from "../../../lib/result.ts";
import { makeDeviation } from "../../../lib/http/deviation.ts";
import { formatEndpoint, layOutRequest } from "../../../lib/report/text/request.ts";
import { goodConnection, plainResult, refusedResult } from "../_samples.ts";
import { testView } from "./_view.ts";
import { stepRows, testRows } from "../../_test_rows.ts";

/** A URL that does not fit on a line. */
const LONG = `http://shop.test/${"x".repeat(90)}`;

testRows<[endpoint: Endpoint, text: string]>(
  "formatEndpoint() brackets IPv6 and shows the path of a Unix socket",
  [
    [{ address: "192.0.2.1", port: 80 }, "192.0.2.1:80"],
    [{ address: "2001:db8::1", port: 443 }, "[2001:db8::1]:443"],
    [{ address: "fe80::1%eth0", port: 80 }, "[fe80::1%eth0]:80"],
    [{ address: "/run/app.sock", port: 0 }, "/run/app.sock"],
    [{ address: "/run/a\x1b.sock", port: 0 }, "/run/a\\x1b.sock"],
  ],
  ([endpoint, text]) => {
    assertEquals(formatEndpoint(endpoint), text);
  },
  { permissions: "none" },
);

Deno.test(
  "layOutRequest() shows the request, the server and every try",
  { permissions: "none" },
  async (test) => {
    const error = {
      kind: "reset",
      phase: "wait",
      by: "target",
      message: "The peer reset the connection",
    } as const;
    const refused = {
      ...error,
      kind: "refused",
      message: "Cannot connect to [::1]:80: connection refused",
    } as const;
    const unix = goodConnection({ peer: { address: "/run/app.sock", port: 0 } });
    const rows: [result: ProbeResult, lines: string[]][] = [
      [plainResult(), ["GET http://127.0.0.1:8080/"]],
      [plainResult({ connection: unix }), ["GET http://127.0.0.1:8080/ at /run/app.sock"]],
      [plainResult({ input: "http://bücher.test/" }), [
        "GET http://127.0.0.1:8080/",
        "asked for    http://bücher.test/",
      ]],
      [
        plainResult({
          tries: [{ address: "::1", port: 80, ms: 1, error }, { address: "127.0.0.1", port: 80, ms: 2 }],
        }),
        [
          "GET http://127.0.0.1:8080/",
          "tried        [::1]:80 reset after 1 ms: The peer reset the connection",
          "             127.0.0.1:80 connected after 2 ms",
        ],
      ],
      [plainResult({ attempts: [{ error, total: 12 }] }), [
        "GET http://127.0.0.1:8080/",
        "attempts     1. reset after 12 ms: The peer reset the connection",
      ]],
      [refusedResult({ tries: [] }), ["GET http://localhost:8081/"]],
      [plainResult({ input: "shop.test", url: "http://shop.test/" }), [
        "GET http://shop.test/ at 127.0.0.1:8080",
      ]],
      [
        plainResult({
          input: "127.0.0.1",
          url: "https://127.0.0.1/",
          connection: goodConnection({ peer: { address: "127.0.0.1", port: 443 } }),
        }),
        [
          "GET https://127.0.0.1/",
        ],
      ],
      [plainResult({ input: LONG, url: LONG }), [`GET ${LONG}`, "  at 127.0.0.1:8080"]],
      // The error below says the same.
      [refusedResult({ error, tries: [{ address: "::1", port: 80, ms: 1, error }] }), [
        "GET http://localhost:8081/",
      ]],
      [
        refusedResult({
          error,
          tries: [{ address: "::1", port: 80, ms: 1, error: refused }, {
            address: "127.0.0.1",
            port: 80,
            ms: 2,
            error,
          }],
        }),
        [
          "GET http://localhost:8081/",
          "tried        [::1]:80 refused after 1 ms: connection refused",
          "             127.0.0.1:80 reset after 2 ms",
        ],
      ],
      [plainResult({ error, attempts: [{ error, total: 12 }] }), [
        "GET http://127.0.0.1:8080/",
        "attempts     1. reset after 12 ms",
      ]],
      [plainResult({ timings: { listen: 300, total: 310 } }), [
        "GET http://127.0.0.1:8080/",
        "listened     for 300 ms before the request: nothing came",
      ]],
      [
        plainResult({
          timings: { listen: 3, total: 5 },
          error: {
            ...error,
            message: "Cannot send GET http://127.0.0.1:8080/: the server sent 11 octets before it",
          },
          connection: goodConnection({ requestNumber: 0 }),
          deviations: [{
            ...makeDeviation("excess-data", 0, "Octets before the request"),
            excerpt: "220 ready\\r\\n",
          }],
        }),
        [
          "GET http://127.0.0.1:8080/ at 192.0.2.10:443",
          "listened     for 3 ms before the request: 220 ready\\r\\n",
        ],
      ],
    ];
    await stepRows(test, rows, ([result, lines]) => {
      assertEquals(layOutRequest(result, testView()), lines);
    });
  },
);
