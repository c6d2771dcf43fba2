import { assert, assertEquals } from "@std/assert";
import { OctetStore } from "../../lib/http/octet_store.ts";
import { joinOctets } from "../../lib/http/octets.ts";
import { testRows } from "../_test_rows.ts";

testRows("OctetStore stores the same octets in few pieces, however they are cut", [
  1,
  2,
  3,
  100,
  65_535,
  65_536,
  65_537,
  200_000,
], (size) => {
  const octets = Uint8Array.from({ length: 200_000 }, (_, i) => i * 7);
  const store = new OctetStore();
  for (let at = 0; at < octets.length; at += size) {
    const piece = octets.slice(at, at + size);
    store.add(piece);
    piece.fill(0);
  }
  store.add(new Uint8Array(0));
  assertEquals(store.length, octets.length);
  assertEquals(joinOctets(store.pieces), octets, `pieces of ${size}`);
  assert(store.pieces.length <= 24, `${store.pieces.length} blocks of pieces of ${size}`);
  assert(store.pieces.reduce((sum, { buffer }) => sum + buffer.byteLength, 0) <= 2 * octets.length);
});

Deno.test("OctetStore accepts more octets after it was read", () => {
  const store = new OctetStore();
  assertEquals(store.pieces, []);
  store.add(Uint8Array.of(1, 2));
  store.add(Uint8Array.of(3));
  assertEquals(joinOctets(store.pieces), Uint8Array.of(1, 2, 3));
  store.add(Uint8Array.of(4));
  assertEquals(joinOctets(store.pieces), Uint8Array.of(1, 2, 3, 4));
});
