import { assertEquals, assertThrows } from "@std/assert";
import { addressesOf } from "../../lib/batch/address_range.ts";
import { testRows } from "../_test_rows.ts";

/** Gives the first addresses of a range, up to a number. */
function firstOf(text: string, most = 4): string[] | undefined {
  const range = addressesOf(text);
  if (range === undefined) return undefined;
  const addresses: string[] = [];
  for (const address of range) {
    if (addresses.length === most) return [...addresses, "…"];
    addresses.push(address);
  }
  return addresses;
}

testRows<[text: string, addresses: string[] | undefined]>(
  "addressesOf() gives the addresses of a range from its beginning, whichever one is written",
  [
    ["127.0.0.5/32", ["127.0.0.5"]],
    ["127.0.0.5/30", ["127.0.0.4", "127.0.0.5", "127.0.0.6", "127.0.0.7"]],
    ["255.255.255.255/31", ["255.255.255.254", "255.255.255.255"]],
    ["10.1.2.255/23", ["10.1.2.0", "10.1.2.1", "10.1.2.2", "10.1.2.3", "…"]],
    ["200.1.2.3/0", ["0.0.0.0", "0.0.0.1", "0.0.0.2", "0.0.0.3", "…"]],
    ["::1/128", ["::1"]],
    ["[2001:db8::ff]/126", ["2001:db8::fc", "2001:db8::fd", "2001:db8::fe", "2001:db8::ff"]],
    ["2001:db8::1:0/104", ["2001:db8::", "2001:db8::1", "2001:db8::2", "2001:db8::3", "…"]],
    ["127.0.0.1", undefined],
    ["example.org/8", undefined],
    ["http://127.0.0.1/8", undefined],
  ],
  ([text, addresses]) => {
    assertEquals(firstOf(text), addresses, text);
  },
  {
    permissions: "none",
  },
);

testRows<[text: string, cause: string]>("addressesOf() refuses a text that only looks like a range", [
  ["127.0.0.256/31", "127.0.0.256 is no IPv4 address"],
  ["127.0.0.1/33", "a prefix of IPv4 has 0 to 32 bits, not 33"],
  ["127.0.0.010/31", "has a number that begins with 0"],
  ["::1/129", "a prefix of IPv6 has 0 to 128 bits, not 129"],
  ["::1/103", "it has more than 16,777,216 addresses"],
  ["1:2/128", "1:2 is no IPv6 address"],
], ([text, cause]) => {
  assertThrows(() => addressesOf(text), SyntaxError, cause);
}, { permissions: "none" });
