import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import { formatWireJson, parseWireJson } from "../../lib/wire/wire_json.ts";
import type { WireEvent } from "../../lib/wire/wire_event.ts";
import { testRows } from "../_test_rows.ts";

const ALL_OCTETS = Uint8Array.from({ length: 256 }, (_, index) => index);

testRows<WireEvent>("parseWireJson() reads back every octet that formatWireJson() wrote", [
  { at: 0.125, direction: "event", connection: 1, event: "connected \u2028 \x9b" },
  {
    at: 0.25,
    direction: "sent",
    connection: 1,
    offset: 0,
    bytes: new TextEncoder().encode("GET / HTTP/1.1\r\n\r\n"),
  },
  { at: 3, direction: "received", connection: 2, offset: 16_384, bytes: ALL_OCTETS },
  { at: 3, direction: "received", connection: 2, offset: 0, bytes: new Uint8Array() },
], (event) => {
  const line = formatWireJson(event);
  assertMatch(line, /^[^\p{C}\p{Zl}\p{Zp}]+$/u);
  assertEquals(parseWireJson(line), event);
}, { permissions: "none" });

Deno.test("formatWireJson() has the documented form", { permissions: "none" }, () => {
  const bytes = Uint8Array.of(0x61, 0x0d, 0x0a, 0x5c, 0x80, 0xe9);
  assertEquals(
    formatWireJson({ at: 1.5, direction: "received", connection: 1, offset: 7, bytes }),
    '{"at":1.5,"direction":"received","connection":1,"offset":7,"data":"a\\r\\n\\\\\\u0080é"}',
  );
});

testRows<[line: string, cause: string]>("parseWireJson() throws a SyntaxError that names what is wrong", [
  ["", "wire capture"],
  ["{", "wire capture"],
  ["null", "no JSON object"],
  ["[]", '"at"'],
  ['{"at":"1"}', '"at"'],
  ['{"at":1,"connection":0,"direction":"sent","offset":0,"data":""}', '"connection"'],
  ['{"at":1,"connection":1,"direction":"up","offset":0,"data":""}', '"direction"'],
  ['{"at":1,"connection":1,"direction":"sent","offset":-1,"data":""}', '"offset"'],
  ['{"at":1,"connection":1,"direction":"sent","offset":1.5,"data":""}', '"offset"'],
  ['{"at":1,"connection":1,"direction":"sent","offset":0}', '"data"'],
  ['{"at":1,"connection":1,"direction":"sent","offset":0,"data":"\u0100"}', '"data"'],
  ['{"at":1,"connection":1,"direction":"event"}', '"event"'],
], ([line, cause]) => {
  assertThrows(() => parseWireJson(line), SyntaxError, cause, line);
}, { permissions: "none" });
