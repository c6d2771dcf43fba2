import { assertThrows } from "@std/assert";
import { checkAlpn } from "../../../lib/net/tls/alpn.ts";
import { stepRows } from "../../_test_rows.ts";

Deno.test("checkAlpn() accepts names of 1 to 255 octets that together fit into a ClientHello", {
  permissions: "none",
}, async (test) => {
  for (
    const names of [
      [],
      ["h"],
      ["http/1.1", "h2"],
      ["x".repeat(255)],
      Array<string>(127).fill("x".repeat(255)),
    ]
  ) {
    checkAlpn(names);
  }
  await stepRows(test, ["", "x".repeat(256), "ü".repeat(128)], (name) => {
    assertThrows(() => checkAlpn(["h2", name]), RangeError, "a name has 1 to 255");
  });
  assertThrows(() => checkAlpn(Array<string>(128).fill("x".repeat(255))), RangeError, "too long to be sent");
});
