import { assertEquals, assertThrows } from "@std/assert";
import { encodeLatin1 } from "../../lib/http/octets.ts";
import { isWireCapture, readWireCapture } from "../../lib/wire/wire_capture.ts";
import type { WireEnd, WireEvent } from "../../lib/wire/wire_event.ts";
import { formatWireJson } from "../../lib/wire/wire_json.ts";
import { testRows } from "../_test_rows.ts";

const bytes = encodeLatin1;

function captureOf(events: readonly WireEvent[]): string {
  return events.map((event) => `${formatWireJson(event)}\n`).join("");
}

const EVENTS: readonly WireEvent[] = [
  { at: 0, connection: 1, type: "connected", peer: { address: "127.0.0.1", port: 80 } },
  { at: 1, connection: 1, type: "sent", offset: 0, bytes: bytes("GET") },
  { at: 2, connection: 2, type: "received", offset: 0, bytes: bytes("x") },
  { at: 3, connection: 1, type: "received", offset: 0, bytes: bytes("a\xff") },
  { at: 4, connection: 1, type: "received", offset: 2, bytes: bytes("b") },
  { at: 5, connection: 1, type: "end", by: "peer", how: "fin" },
  { at: 6, connection: 2, type: "end", by: "peer", how: "tls-truncated" },
];

Deno.test("readWireCapture() joins the octets of each connection", { permissions: "none" }, () => {
  const text = captureOf(EVENTS);
  assertEquals(isWireCapture(bytes(text)), true);
  assertEquals(readWireCapture(text), [
    { connection: 1, sent: bytes("GET"), received: bytes("a\xffb"), end: { by: "peer", how: "fin" } },
    { connection: 2, sent: bytes(""), received: bytes("x"), end: { by: "peer", how: "tls-truncated" } },
  ]);
  assertEquals(readWireCapture(`${text}{"at":7,"ty`).length, 2, "a torn last line");
  assertEquals(isWireCapture(bytes('HTTP/1.1 200 OK\r\n\r\n{"at":0}')), false);
});

testRows<[name: string, ends: Pick<WireEnd, "by" | "how">[], end: Pick<WireEnd, "by" | "how"> | undefined]>(
  "readWireCapture() restores who ended a connection, and how",
  [
    ["FIN", [{ by: "peer", how: "fin" }], { by: "peer", how: "fin" }],
    ["reset", [{ by: "peer", how: "rst" }], { by: "peer", how: "rst" }],
    ["FIN without close_notify", [{ by: "peer", how: "tls-truncated" }], {
      by: "peer",
      how: "tls-truncated",
    }],
    [
      "close_notify, then FIN",
      [{ by: "peer", how: "close-notify" }, { by: "peer", how: "fin" }],
      { by: "peer", how: "close-notify" },
    ],
    ["sonde's FIN, then a reset", [{ by: "us", how: "fin" }, { by: "peer", how: "rst" }], {
      by: "peer",
      how: "rst",
    }],
    ["sonde's FIN alone", [{ by: "us", how: "fin" }], undefined],
    ["closed by us", [{ by: "us", how: "fin" }, { by: "us", how: "closed" }], { by: "us", how: "closed" }],
    ["no end", [], undefined],
  ],
  ([, ends, end]) => {
    const events = ends.map((it): WireEvent => ({ at: 7, connection: 1, type: "end", ...it }));
    assertEquals(readWireCapture(captureOf([EVENTS[0]!, ...events]))[0]?.end, end);
  },
  { permissions: "none" },
);

testRows<[text: string, message: string]>("readWireCapture() names the line that it cannot read", [
  [`${captureOf(EVENTS.slice(0, 1))}x\n`, "line 2: "],
  [
    captureOf(EVENTS.slice(4, 5)),
    "line 1: Cannot put the capture together: expected octets at offset 0, found offset 2",
  ],
], ([text, message]) => {
  assertThrows(() => readWireCapture(text), SyntaxError, message);
}, { permissions: "none" });
