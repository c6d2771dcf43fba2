import { assertEquals } from "@std/assert";
import { decodeLatin1, encodeLatin1 } from "../../lib/http/octets.ts";

const ALL = Uint8Array.from({ length: 256 }, (_, octet) => octet);

Deno.test("decodeLatin1() gives one code unit for each octet, whatever it decoded before", () => {
  const text = String.fromCharCode(...ALL);
  for (let round = 0; round < 200; round++) {
    assertEquals(decodeLatin1(ALL), text);
    assertEquals(decodeLatin1(ALL, 127, 161), text.slice(127, 161));
    assertEquals(decodeLatin1(ALL, 10, 10), "");
  }
  const large = new Uint8Array(300_000).fill(0xe9);
  assertEquals(decodeLatin1(large), "é".repeat(300_000));
  assertEquals(encodeLatin1(text), ALL);
});
