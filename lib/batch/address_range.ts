/**
 * Reads ranges of addresses in CIDR notation (RFC 4632 §3.1, RFC 4291 §2.3).
 *
 * @module
 */

import { formatQuantity } from "../text/count.ts";

const IPV4_RANGE = /^(\d+\.\d+\.\d+\.\d+)\/(\d+)$/;
const IPV6_RANGE = /^\[?([0-9a-fA-F:.]*:[0-9a-fA-F:.]*)\]?\/(\d+)$/;

/**
 * The largest IPv6 range that is accepted: probing 2²⁴ addresses takes hours, so a larger range is probably a typing
 * error.
 */
const MOST_BITS_IPV6 = 24;

/** The addresses of a range, which are made one by one. */
export interface AddressRange extends Iterable<string> {
  /** Number of addresses. */
  readonly size: number;
}

/**
 * Lists the addresses of a range one by one, including the first and the last, without keeping them in memory.
 *
 * @returns `undefined` if the text is not a range
 * @throws {SyntaxError} If the text looks like a range but is not valid
 *
 * @example Usage
 * ```ts
 * import { addressesOf } from "./address_range.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual([...addressesOf("127.0.0.6/31")!], ["127.0.0.6", "127.0.0.7"]);
 * assert.equal(addressesOf("example.org"), undefined);
 * ```
 */
export function addressesOf(text: string): AddressRange | undefined {
  const v4 = IPV4_RANGE.exec(text);
  if (v4) return rangeIpv4(v4[1]!, Number(v4[2]), text);
  const v6 = IPV6_RANGE.exec(text);
  return v6 ? rangeIpv6(v6[1]!, Number(v6[2]), text) : undefined;
}

function refuse(text: string, cause: string): never {
  throw new SyntaxError(`Cannot probe ${JSON.stringify(text)}: ${cause}`);
}

function rangeIpv4(address: string, prefix: number, text: string): AddressRange {
  const octets = address.split(".").map(Number);
  // A URL reads 010 as octal, so the same text would mean 8 in one line of a list and 10 in the next.
  if (/(?:^|\.)0\d/.test(address)) refuse(text, `${address} has a number that begins with 0`);
  if (octets.some((octet) => octet > 255)) refuse(text, `${address} is no IPv4 address`);
  if (prefix > 32) refuse(text, `a prefix of IPv4 has 0 to 32 bits, not ${prefix}`);
  const size = 2 ** (32 - prefix);
  const value = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  return { size, [Symbol.iterator]: () => countIpv4(value - value % size, size) };
}

function* countIpv4(first: number, size: number): Generator<string> {
  for (let value = first; value < first + size; value++) {
    yield `${value >>> 24 & 255}.${value >>> 16 & 255}.${value >>> 8 & 255}.${value & 255}`;
  }
}

function rangeIpv6(address: string, prefix: number, text: string): AddressRange {
  if (!URL.canParse(`http://[${address}]/`)) refuse(text, `${address} is no IPv6 address`);
  if (prefix > 128) refuse(text, `a prefix of IPv6 has 0 to 128 bits, not ${prefix}`);
  if (128 - prefix > MOST_BITS_IPV6) {
    refuse(text, `it has more than ${formatQuantity(2 ** MOST_BITS_IPV6, "address", "addresses")}`);
  }
  const size = 1n << BigInt(128 - prefix);
  const value = groupsOf(address).reduce((sum, group) => sum << 16n | BigInt(group), 0n);
  return { size: Number(size), [Symbol.iterator]: () => countIpv6(value - value % size, size) };
}

/**
 * Splits an address into its eight groups. The URL parser has already written an embedded IPv4 address as two of them.
 */
function groupsOf(address: string): number[] {
  const [head = "", tail] = new URL(`http://[${address}]/`).hostname.slice(1, -1).split("::");
  const read = (part: string) => part === "" ? [] : part.split(":").map((group) => parseInt(group, 16));
  const first = read(head);
  const last = read(tail ?? "");
  return [...first, ...Array<number>(8 - first.length - last.length).fill(0), ...last];
}

function* countIpv6(first: bigint, size: bigint): Generator<string> {
  for (let value = first; value < first + size; value++) {
    const groups = Array.from(
      { length: 8 },
      (_, i) => (value >> BigInt(112 - 16 * i) & 0xffffn).toString(16),
    );
    yield new URL(`http://[${groups.join(":")}]/`).hostname.slice(1, -1);
  }
}
