import { assertEquals } from "@std/assert";
import { X509Certificate } from "node:crypto";
import type { ChainLink } from "../../../lib/net/certificate/certificate_chain.ts";
import { readCertificateFields } from "../../../lib/net/certificate/certificate_fields.ts";
import { findIssuers, type PathOptions } from "../../../lib/net/certificate/issuers.ts";
import { fixture } from "../../peer/peer.ts";
import { testRows } from "../../_test_rows.ts";

const NOW = Date.UTC(2030, 0, 1);

function link(name: string): ChainLink {
  const certificate = new X509Certificate(fixture(`path_${name}.pem`));
  const raw = new Uint8Array(certificate.raw);
  const [from, to] = [Date.parse(certificate.validFrom), Date.parse(certificate.validTo)];
  return { ...readCertificateFields(raw), raw, from, to };
}

/** Finds the issuers of the leaf, each as the last word of its name and the year of its end. */
function issuersOf(sent: readonly string[], options: Partial<PathOptions>): string[] {
  const found = findIssuers([link("leaf"), ...sent.map(link)], { trusted: true, now: NOW, ...options });
  return found.map(({ subject, to }) =>
    `${subject.split("CN=")[1]!.replace(" ", "_")}_${new Date(to).getUTCFullYear()}`
  );
}

/** Roots that the client trusts. */
const ROOTS = {
  own: ["root_2110"],
  both: ["root_2021", "root_2110"],
  expired: ["root_2021"],
  old: ["old_root_2021"],
};

const PATHS: readonly [
  title: string,
  sent: readonly string[],
  roots: keyof typeof ROOTS | undefined,
  found: readonly string[],
][] = [
  ["the usual chain", ["authority_2045"], "own", ["path_authority_2045", "path_root_2110"]],
  ["the root was sent as well", ["authority_2045", "root_2110"], "own", [
    "path_authority_2045",
    "path_root_2110",
  ]],
  ["a renewed authority, sent last", ["authority_2045", "authority_2100"], "own", [
    "path_authority_2100",
    "path_root_2110",
  ]],
  ["a renewed authority, sent first", ["authority_2100", "authority_2045"], "own", [
    "path_authority_2100",
    "path_root_2110",
  ]],
  ["an expired authority beside a valid one", ["authority_2021", "authority_2045"], "own", [
    "path_authority_2045",
    "path_root_2110",
  ]],
  ["an authority with the same name and another key", ["forged_2115", "authority_2045"], "own", [
    "path_authority_2045",
    "path_root_2110",
  ]],
  ["an expired certificate of the root by an old root", ["authority_2045", "cross_2021"], "own", [
    "path_authority_2045",
    "path_root_2110",
  ]],
  ["a certificate of the root by an old root", ["authority_2045", "cross_2050"], "own", [
    "path_authority_2045",
    "path_root_2110",
  ]],
  ["both, and the expired old root", ["authority_2045", "cross_2050", "old_root_2021"], "own", [
    "path_authority_2045",
    "path_root_2110",
  ]],
  ["unrelated certificates", ["old_root_2021", "authority_2045", "cross_2021"], "own", [
    "path_authority_2045",
    "path_root_2110",
  ]],
  ["two versions of the root are trusted", ["authority_2045"], "both", [
    "path_authority_2045",
    "path_root_2110",
  ]],
  ["the trusted root has expired", ["authority_2045"], "expired", ["path_authority_2045", "path_root_2021"]],
  ["only the old root is trusted", ["authority_2045", "cross_2050"], "old", [
    "path_authority_2045",
    "path_root_2050",
    "old_root_2021",
  ]],
  ["unknown roots", ["authority_2045"], undefined, ["path_authority_2045"]],
  ["unknown roots, and an expired certificate by an old root", ["authority_2045", "cross_2021"], undefined, [
    "path_authority_2045",
  ]],
  ["unknown roots, and an expired root", ["authority_2045", "root_2021"], undefined, ["path_authority_2045"]],
  ["unknown roots, and the root", ["authority_2045", "root_2110"], undefined, [
    "path_authority_2045",
    "path_root_2110",
  ]],
  ["nothing but the server's own", [], undefined, []],
];

testRows(
  "findIssuers() finds the path to a trusted root that ends last:",
  PATHS,
  ([, sent, roots, found]) => {
    const caCerts = roots && ROOTS[roots].map((name) => fixture(`path_${name}.pem`));
    assertEquals(issuersOf(sent, { caCerts }), found);
  },
);

testRows<[title: string, sent: readonly string[], found: readonly string[]]>(
  "findIssuers() follows the sent certificates of a chain that is not trusted:",
  [
    ["an expired authority", ["authority_2021", "root_2110"], ["path_authority_2021", "path_root_2110"]],
    ["unrelated certificates", ["old_root_2021", "cross_2021"], []],
    ["an authority that was renewed", ["authority_2021", "authority_2045"], ["path_authority_2045"]],
    ["another key", ["forged_2115"], ["path_authority_2115"]],
  ],
  ([, sent, found]) => {
    assertEquals(issuersOf(sent, { trusted: false, caCerts: [fixture("ca.pem")] }), found);
  },
);

Deno.test("findIssuers() ends its search among certificates that issue each other in circles", () => {
  const other = (subject: string, issuer: string): ChainLink => ({
    ...link("authority_2045"),
    subject,
    issuer,
  });
  const circle = Array.from(
    { length: 30 },
    (_, index) => index % 2 === 0 ? other("a", "b") : other("b", "a"),
  );
  const first = { ...link("leaf"), issuer: "a" };
  const found = findIssuers([first, ...circle], { trusted: false, now: NOW });
  assertEquals(found.length, 7);
});
