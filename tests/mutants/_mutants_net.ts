/**
 * Bugs of dialling, names, certificates and errors.
 *
 * @module
 */

import type { Mutant } from "./_mutant.ts";

/** In the order of the files. */
export const NET_MUTANTS: readonly Mutant[] = [
  {
    bug: "an unreachable network is the target's fault",
    text: 'ENETUNREACH: ["unreachable", "network"',
    becomes: 'ENETUNREACH: ["unreachable", "target"',
  },
  {
    bug: "a lack of local ports is the network's fault",
    text: 'EADDRNOTAVAIL: ["resource", "local"',
    becomes: 'EADDRNOTAVAIL: ["resource", "network"',
  },
  {
    bug: "silent name servers are the target's fault",
    text: 'EAI_AGAIN: ["resolve", "network"',
    becomes: 'EAI_AGAIN: ["resolve", "target"',
  },
  {
    bug: "a lack of buffers is unreachable",
    text: 'ENOBUFS: ["resource", "local"',
    becomes: 'ENOBUFS: ["unreachable", "network"',
  },
  {
    bug: "a wildcard covers more than one label",
    text: '(rest !== "" && offered === `*.${rest}`)',
    becomes: '(offered.startsWith("*.") && wanted.endsWith(offered.slice(1)))',
  },
  {
    bug: "names of certificates are compared with their case",
    text: 'return name.toLowerCase().replace(/\\.$/, "");',
    becomes: 'return name.replace(/\\.$/, "");',
  },
  {
    bug: "an IP address is found in a DNS name",
    text: 'type === "ip" && sameAddress(value, bare)',
    becomes: "sameAddress(value, bare)",
  },
  {
    bug: "a certificate that expired yesterday is valid",
    text: "if (to < now) reasons.push(",
    becomes: "if (to < now - 86_400_000) reasons.push(",
  },
  {
    bug: "SHA-1 with ECDSA is no weak signature",
    text: '  "1.2.840.10045.4.1": "SHA-1",\n',
    becomes: "",
  },
  {
    bug: "a certificate with less than a day has a day left",
    text: "Math.floor((end - now) / DAY)",
    becomes: "Math.ceil((end - now) / DAY)",
  },
  {
    bug: "an expired issuer is on a trusted path",
    text: "(!trusted || other.authority && other.from <= now && now <= other.to)",
    becomes: "(!trusted || other.authority)",
  },
  {
    bug: "of two paths, the one that ends first is chosen",
    text: "earliestEnd(path) > earliestEnd(best)",
    becomes: "earliestEnd(path) < earliestEnd(best)",
  },
  {
    bug: "the range of CGNAT is too narrow",
    text: '["100.64.0.0/10", ',
    becomes: '["100.64.0.0/16", ',
  },
  {
    bug: "172.31.0.0 is public",
    text: '["172.16.0.0/12", ',
    becomes: '["172.16.0.0/13", ',
  },
  {
    bug: "fd00:: is public",
    text: '["fc00::/7", ',
    becomes: '["fc00::/8", ',
  },
  {
    bug: "a private address within 6to4 is public",
    text: '  ["2002::/16", 16, "6to4"],\n',
    becomes: "",
  },
  {
    bug: "a lookup that takes too long is the target's fault",
    text: '  dns: "network",\n',
    becomes: '  dns: "target",\n',
  },
  {
    bug: "a TLS handshake that takes too long is the network's fault",
    text: '  tls: "target",\n',
    becomes: '  tls: "network",\n',
  },
  {
    bug: "the limit of a phase is told as the limit of the whole",
    text: "const term = this.#term && this.#term.end < this.#whole.end ? this.#term : this.#whole;",
    becomes: "const term = this.#whole;",
  },
  {
    bug: "a limit that was short by lost time blames the target",
    text: "lost > 0 && (doubtful || passed - lost < this.limit - ROUNDING)",
    becomes: "doubtful",
  },
  {
    bug: "a timeout with much lost time blames the target",
    text: "lost > 0 && (doubtful || passed - lost < this.limit - ROUNDING)",
    becomes: "lost > 0 && passed - lost < this.limit - ROUNDING",
  },
  {
    bug: "lost time counts against a limit",
    text: "this.#since + this.limit + Math.min(this.#lost, this.#allowed.allowance * this.limit)",
    becomes: "this.#since + this.limit",
  },
  {
    bug: "lost time lengthens a limit without bound",
    text: "this.#since + this.limit + Math.min(this.#lost, this.#allowed.allowance * this.limit)",
    becomes: "this.#since + this.limit + this.#lost",
  },
  {
    bug: "an IP address is sent as SNI",
    text: 'ipFamily(name.split("%")[0] ?? "") === 0 && SNI_NAME.test(name)',
    becomes: "SNI_NAME.test(name)",
  },
  {
    bug: "a lookup without descriptors is the network's fault",
    text: 'if (error.kind !== "resolve" || !wasExhausted(since)) return error;',
    becomes: 'if (error.kind !== "tls" || !wasExhausted(since)) return error;',
  },
  {
    bug: "ALPN names of 255 octets are refused",
    text: "length === 0 || length > 255",
    becomes: "length === 0 || length > 254",
  },
  {
    bug: "a serial number begins with the octet of its sign",
    text: "content.length > 1 && content[0] === 0 ? content.subarray(1) : content",
    becomes: "content",
  },
  {
    bug: "a link-local address without zone is unreachable",
    text: 'return isLinkLocal(hostname) && !hostname.includes("%")',
    becomes: 'return isLinkLocal(hostname) && hostname.includes("%")',
  },
  {
    bug: "--deny-private looks at the first address only",
    text: "    if (special !== undefined) return denied(hostAndPort(host, port), `${is} ${special}`);",
    becomes:
      "    return special !== undefined ? denied(hostAndPort(host, port), `${is} ${special}`) : { targets };",
  },
  {
    bug: "a name without addresses counts as found",
    text: 'if (found.length > 0) return { type: "found"',
    becomes: 'if (found.length >= 0) return { type: "found"',
  },
  {
    bug: "a lookup for one family does not say that there may be another",
    text: 'family !== 0 && failure.by === "target" ?',
    becomes: 'family === 0 && failure.by === "target" ?',
  },
  {
    bug: "the number of addresses that were tried is wrong",
    text: "tried === all ? `${all}` : `${tried} of ${all}`",
    becomes: "`${all}`",
  },
  {
    bug: "an address of the wrong family is connected to",
    text: "addresses.filter((address) => family === undefined || ipFamily(address) === family);",
    becomes: "[...addresses];",
  },
  {
    bug: "a warning of TLS is taken for a fatal alert",
    text: "low !== 2 || level !== 1",
    becomes: "low !== 2 || level > 2",
  },
  {
    bug: "an expired issuer is chosen before a valid one",
    text: "issuers.find(({ from, to }) => from <= now && now <= to) ?? issuers[0]",
    becomes: "issuers[0]",
  },
  {
    bug: "a comma in a name is not escaped",
    text: '/[,+"\\\\<>;]|^[ #]| $/g',
    becomes: '/[+"\\\\<>;]|^[ #]| $/g',
  },
  {
    bug: "attributes of one element are divided by commas",
    text: 'readElements(content).map(formatAttribute).join("+")',
    becomes: 'readElements(content).map(formatAttribute).join(", ")',
  },
  {
    bug: "an IPv6 address has no brackets in messages",
    text: 'const bracketed = host.includes(":") ? `[${host}]` : host;',
    becomes: "const bracketed = host;",
  },
  {
    bug: "a self-signed certificate is one whose issuer is not known",
    text: "return subject === issuer;",
    becomes: 'return subject !== issuer && subject === "";',
  },
  {
    bug: "how many names a certificate has beyond ten is not told",
    text: "names.length > MOST_NAMES ? ` and",
    becomes: "names.length > 1e9 ? ` and",
  },
  {
    bug: "an intermediate that is no authority is taken",
    text: "if (index > 0 && !authority && !isSelfIssued(link))",
    becomes: "if (index > 1 && !authority && !isSelfIssued(link))",
  },
  {
    bug: "an alert is named as the TLS stack writes it",
    text: 'name.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toLowerCase()',
    becomes: "name",
  },
  {
    bug: "a TLS record is none",
    text: "major === 3 && minor <= 4;",
    becomes: "major === 3 && minor < 0;",
  },
  {
    bug: "a PEM file in UTF-16 is not decoded",
    text: "const text = isUtf8 ?",
    becomes: "const text = true ?",
  },
  {
    bug: "an issuer with the same name but another key is taken",
    text: "return new X509Certificate(certificate).verify(new X509Certificate(issuer).publicKey);",
    becomes: "return new X509Certificate(certificate) !== new X509Certificate(issuer);",
  },
  {
    bug: "a client's key for another certificate is accepted",
    text: "if (!new X509Certificate(certificates[0]!).checkPrivateKey(privateKey)) {",
    becomes: "if (false) {",
  },
];
