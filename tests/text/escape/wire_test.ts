import { assertEquals, assertMatch } from "@std/assert";
import { escapeWire } from "../../../lib/text/escape/wire.ts";
import { unescapeWire } from "./_unescape_wire.ts";
import { stepRows } from "../../_test_rows.ts";

const encoder = new TextEncoder();

Deno.test("escapeWire() writes printable ASCII only, from which each octet can be read back", {
  permissions: "none",
}, async (test) => {
  const rows: [bytes: Uint8Array<ArrayBuffer>, text: string][] = [
    [encoder.encode("GET / HTTP/1.1\r\n"), "GET / HTTP/1.1\\r\\n"],
    [encoder.encode("a\tb\\c"), "a\\tb\\\\c"],
    [encoder.encode("\\r"), "\\\\r"],
    [encoder.encode("é"), "\\xc3\\xa9"],
    [Uint8Array.of(0, 0x1b, 0x7f, 0x80, 0xff), "\\x00\\x1b\\x7f\\x80\\xff"],
    [new Uint8Array(), ""],
  ];
  await stepRows(test, rows, ([bytes, text]) => {
    assertEquals(escapeWire(bytes), text);
    assertEquals(unescapeWire(text), bytes);
  });
  const all = Uint8Array.from({ length: 65_536 }, (_, index) => index % 2 === 0 ? index >> 8 : index >> 1);
  assertMatch(escapeWire(all), /^[\x20-\x7e]+$/);
  assertEquals(unescapeWire(escapeWire(all)), all);
});
