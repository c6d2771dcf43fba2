import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import { formatWireJson, parseWireJson } from "../../lib/wire/wire_json.ts";
import type { WireEvent } from "../../lib/wire/wire_event.ts";
import { testRows } from "../_test_rows.ts";

const ALL_OCTETS = Uint8Array.from({ length: 256 }, (_, index) => index);

testRows<WireEvent>("parseWireJson() restores every octet that formatWireJson() wrote", [
  { at: 0.125, type: "connected", connection: 1, peer: { address: "::1", port: 80 } },
  { at: 0.125, type: "connected", connection: 1, peer: { address: "::1", port: 443 }, tls: {} },
  { at: 0, type: "connected", connection: 1, peer: { address: "/s", port: 0 }, tls: { version: "TLSv1.3" } },
  { at: 0.125, type: "failed", connection: 1, message: "an alert \u2028 \x9b" },
  { at: 0.125, type: "write-failed", connection: 1, how: "pipe" },
  { at: 0.125, type: "end", connection: 1, by: "peer", how: "rst" },
  { at: 0.125, type: "end", connection: 1, by: "us", how: "closed" },
  {
    at: 0.25,
    type: "sent",
    connection: 1,
    offset: 0,
    bytes: new TextEncoder().encode("GET / HTTP/1.1\r\n\r\n"),
  },
  { at: 3, type: "received", connection: 2, offset: 16_384, bytes: ALL_OCTETS },
  { at: 3, type: "received", connection: 2, offset: 0, bytes: new Uint8Array() },
], (event) => {
  const line = formatWireJson(event);
  assertMatch(line, /^[^\p{C}\p{Zl}\p{Zp}]+$/u);
  assertEquals(parseWireJson(line), event);
}, { permissions: "none" });

Deno.test("formatWireJson() has the documented form", { permissions: "none" }, () => {
  const bytes = Uint8Array.of(0x61, 0x0d, 0x0a, 0x5c, 0x80, 0xe9);
  assertEquals(
    formatWireJson({ at: 1.5, type: "received", connection: 1, offset: 7, bytes }),
    '{"at":1.5,"type":"received","connection":1,"offset":7,"data":"a\\r\\n\\\\\\u0080é"}',
  );
});

testRows<[line: string, cause: string]>("parseWireJson() throws a SyntaxError that names the fault", [
  ["", "wire capture"],
  ["{", "wire capture"],
  ["null", "not a JSON object"],
  ["[]", '"at"'],
  ['{"at":"1"}', '"at"'],
  ['{"at":1,"connection":0,"type":"sent","offset":0,"data":""}', '"connection"'],
  ['{"at":1,"connection":1,"type":"up","offset":0,"data":""}', '"type"'],
  ['{"at":1,"connection":1,"type":"sent","offset":-1,"data":""}', '"offset"'],
  ['{"at":1,"connection":1,"type":"sent","offset":1.5,"data":""}', '"offset"'],
  ['{"at":1,"connection":1,"type":"sent","offset":0}', '"data"'],
  ['{"at":1,"connection":1,"type":"sent","offset":0,"data":"\u0100"}', '"data"'],
  ['{"at":1,"connection":1,"direction":"sent","offset":0,"data":""}', '"type"'],
  ['{"at":1,"connection":1,"type":"failed"}', '"message"'],
  ['{"at":1,"connection":1,"type":"connected"}', '"peer"'],
  ['{"at":1,"connection":1,"type":"connected","peer":{"address":"::1"}}', '"peer"'],
  ['{"at":1,"connection":1,"type":"connected","peer":{"address":"::1","port":1},"tls":1}', '"tls"'],
  ['{"at":1,"connection":1,"type":"end","by":"peer"}', '"how" is not one of "fin"'],
  ['{"at":1,"connection":1,"type":"end","by":"them","how":"fin"}', '"by" is not one of "peer", "us"'],
  ['{"at":1,"connection":1,"type":"write-failed","how":"fin"}', '"how" is not one of "rst", "pipe"'],
], ([line, cause]) => {
  assertThrows(() => parseWireJson(line), SyntaxError, cause, line);
}, { permissions: "none" });
