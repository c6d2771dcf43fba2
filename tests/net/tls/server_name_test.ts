import { assertEquals, assertThrows } from "@std/assert";
import { parseServerName, sniOf } from "../../../lib/net/tls/server_name.ts";

const NAMES: readonly (readonly [text: string, name: string, sni: string])[] = [
  ["a.test", "a.test", "a.test"],
  ["a.test.", "a.test", "a.test"],
  ["A_b.test", "A_b.test", "A_b.test"],
  ["b\u00fccher.test", "xn--bcher-kva.test", "xn--bcher-kva.test"],
  ["127.0.0.1", "127.0.0.1", ""],
  ["::1", "::1", ""],
  ["[::1]", "::1", ""],
];

for (const [text, name, sni] of NAMES) {
  Deno.test({
    name: `parseServerName() reads ${text}`,
    permissions: "none",
    fn: () => assertEquals([parseServerName(text), sniOf(parseServerName(text))], [name, sni]),
  });
}

for (
  const text of [
    "",
    ".",
    "a b",
    "a..b",
    "*.a.test",
    "a.test:443",
    "-a",
    "a/b",
    "[a]",
    "\u00fc:1",
    "x".repeat(64),
  ]
) {
  Deno.test({
    name: `parseServerName() refuses "${text}"`,
    permissions: "none",
    fn: () => {
      assertThrows(
        () => parseServerName(text),
        SyntaxError,
        `Cannot use "${text}" as SNI: it is neither the name of a host nor an IP address`,
      );
    },
  });
}
