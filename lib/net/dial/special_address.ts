/**
 * Recognises addresses outside the public internet: this machine, its networks, and special purposes.
 *
 * @module
 */

import { ipFamily } from "../ip_address.ts";

type Block = readonly [prefix: string, what: string];

/**
 * The special-purpose IPv4 addresses of the IANA registry (RFC 6890) that are not globally reachable, and multicast
 * (RFC 5771).
 */
const IPV4_BLOCKS: readonly Block[] = [
  ["0.0.0.0/8", "an unspecified address"],
  ["10.0.0.0/8", "a private address"],
  ["100.64.0.0/10", "a shared address of a provider (CGNAT)"],
  ["127.0.0.0/8", "a loopback address"],
  ["169.254.0.0/16", "a link-local address"],
  ["172.16.0.0/12", "a private address"],
  ["192.0.0.0/24", "an address for protocol assignments"],
  ["192.0.2.0/24", "a documentation address"],
  ["192.88.99.0/24", "an address of 6to4 relays"],
  ["192.168.0.0/16", "a private address"],
  ["198.18.0.0/15", "a benchmarking address"],
  ["198.51.100.0/24", "a documentation address"],
  ["203.0.113.0/24", "a documentation address"],
  ["224.0.0.0/4", "a multicast address"],
  ["240.0.0.0/4", "a reserved address"],
];

/** The same for IPv6 (RFC 4291, RFC 6890). Addresses outside `2000::/3` are never on the public internet. */
const IPV6_BLOCKS: readonly Block[] = [
  ["::/128", "the unspecified address"],
  ["::1/128", "the loopback address"],
  ["64:ff9b:1::/48", "an address of a local translator"],
  ["100::/64", "a discard address"],
  ["2001::/23", "an address for protocol assignments"],
  ["2001:db8::/32", "a documentation address"],
  ["3fff::/20", "a documentation address"],
  ["fc00::/7", "a unique local address"],
  ["fe80::/10", "a link-local address"],
  ["fec0::/10", "a site-local address"],
  ["ff00::/8", "a multicast address"],
];

/** IPv6 forms that embed an IPv4 address, and the bit at which it begins. */
const EMBEDDING: readonly (readonly [prefix: string, bit: number, what: string])[] = [
  ["::ffff:0:0/96", 96, "IPv4-mapped"],
  ["::ffff:0:0:0/96", 96, "IPv4-translated"],
  ["64:ff9b::/96", 96, "NAT64"],
  ["2002::/16", 16, "6to4"],
];

/**
 * Explains why an address is not on the public internet.
 *
 * @param address An IPv4 or IPv6 address without brackets; a zone is ignored
 * @returns `"a private address (10.0.0.0/8)"`, or `undefined` for an address on the public internet
 * @throws {TypeError} If the text is not an IP address
 *
 * @example Usage
 * ```ts
 * import { specialPurpose } from "./special_address.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(specialPurpose("10.1.2.3"), "a private address (10.0.0.0/8)");
 * assert.equal(specialPurpose("8.8.8.8"), undefined);
 * ```
 */
export function specialPurpose(address: string): string | undefined {
  switch (ipFamily(address)) {
    case 0:
      throw new TypeError(`Cannot judge "${address}": it is not an IP address`);
    case 4:
      return findBlock(parseIpv4(address), 32, IPV4_BLOCKS);
    case 6:
      return specialIpv6(parseIpv6(address));
  }
}

function specialIpv6(value: bigint): string | undefined {
  for (const [prefix, bit, what] of EMBEDDING) {
    if (!isWithin(value, 128, prefix)) continue;
    const special = findBlock(value >> BigInt(96 - bit) & 0xffff_ffffn, 32, IPV4_BLOCKS);
    return special && `${special}, ${what}`;
  }
  const special = findBlock(value, 128, IPV6_BLOCKS);
  return special ??
    (isWithin(value, 128, "2000::/3") ? undefined : "not a global unicast address (2000::/3)");
}

function findBlock(value: bigint, bits: 32 | 128, blocks: readonly Block[]): string | undefined {
  const found = blocks.find(([prefix]) => isWithin(value, bits, prefix));
  return found && `${found[1]} (${found[0]})`;
}

function isWithin(value: bigint, bits: 32 | 128, block: string): boolean {
  const [base = "", length] = block.split("/");
  const rest = BigInt(bits - Number(length));
  return value >> rest === (bits === 32 ? parseIpv4(base) : parseIpv6(base)) >> rest;
}

function parseIpv4(address: string): bigint {
  return address.split(".").reduce((value, octet) => value << 8n | BigInt(octet), 0n);
}

function parseIpv6(address: string): bigint {
  // The URL parser turns every notation into hexadecimal groups.
  const plain = new URL(`http://[${address.replace(/%.*$/, "")}]/`).hostname.slice(1, -1);
  const [left = "", right] = plain.split("::");
  const [head, tail] = [left, right ?? ""].map((part) => part === "" ? [] : part.split(":")) as [
    string[],
    string[],
  ];
  const gap = right === undefined ? [] : new Array<string>(8 - head.length - tail.length).fill("0");
  return [...head, ...gap, ...tail].reduce((value, group) => value << 16n | BigInt(`0x${group}`), 0n);
}
