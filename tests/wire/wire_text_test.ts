import { assertEquals } from "@std/assert";
import { formatWire } from "../../lib/wire/wire_text.ts";
import type { WireEvent } from "../../lib/wire/wire_event.ts";
import { unescapeWire } from "../text/escape/_unescape_wire.ts";
import { testRows } from "../_test_rows.ts";

const encoder = new TextEncoder();

function octets(text: string | Uint8Array, offset = 0): WireEvent {
  const bytes = typeof text === "string" ? encoder.encode(text) : text;
  return { at: 12.3456, connection: 2, type: "received", offset, bytes };
}

testRows<[event: WireEvent, lines: string[]]>(
  "formatWire() shows time, connection, direction, offsets and escaped octets",
  [
    [{ at: 0.1, connection: 1, type: "connected", peer: { address: "/run/web.sock", port: 0 } }, [
      "   0.100 ms #1 * connected to /run/web.sock",
    ]],
    [{ ...octets("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), type: "sent" } as WireEvent, [
      "  12.346 ms #2 >       0 | GET / HTTP/1.1\\r\\n",
      "                      16 | Host: a\\r\\n",
      "                      25 | \\r\\n",
    ]],
    [octets("rest\nof", 1_000), ["  12.346 ms #2 <    1000 | rest\\n", "                    1005 | of"]],
    [octets("\n\n"), ["  12.346 ms #2 <       0 | \\n", "                       1 | \\n"]],
    [octets(""), ["  12.346 ms #2 <       0 | "]],
    [octets("x", 99_999_999), ["  12.346 ms #2 <  99999999 | x"]],
  ],
  ([event, lines]) => {
    assertEquals(formatWire(event).split("\n"), lines);
  },
  {
    permissions: "none",
  },
);

Deno.test("formatWire() marks a continued line, and never cuts an escape", { permissions: "none" }, () => {
  assertEquals(formatWire(octets("abc\x1b\x1b\x1b\x1bdefghij\r\nk"), { width: 40 }).split("\n"), [
    "  12.346 ms #2 <       0 | abc\\x1b\\x1b",
    "                       5 + \\x1b\\x1b",
    "                       7 + defghij\\r\\n",
    "                      16 | k",
  ]);
});

Deno.test("formatWire() keeps words whole, unless they are endless", { permissions: "none" }, () => {
  assertEquals(formatWire(octets("GET /long/path/to/somewhere HTTP/1.1\r\n"), { width: 40 }).split("\n"), [
    "  12.346 ms #2 <       0 | GET ",
    "                       4 + /long/path/to/somewhere ",
    "                      28 + HTTP/1.1\\r\\n",
  ]);
  const lines = formatWire(octets("x".repeat(5_000)), { width: 40 }).split("\n");
  assertEquals(lines.map((line) => line.length - 27), [2_000, 2_000, 1_000]);
});

testRows(
  "formatWire() shows octets in a form that can be read back with their offsets",
  [40, 80, Infinity],
  (width) => {
    const bytes = Uint8Array.from({ length: 4096 }, (_, index) => (index * 7 + (index >> 8)) & 0xff);
    const read: number[] = [];
    for (const line of formatWire(octets(bytes, 10), { width }).split("\n")) {
      const [, offset, text = ""] = /^.{16} +([0-9]+) [|+] (.*)$/.exec(line) ?? [];
      assertEquals(Number(offset), 10 + read.length, line);
      read.push(...unescapeWire(text));
    }
    assertEquals(Uint8Array.from(read), bytes);
  },
  { permissions: "none" },
);
