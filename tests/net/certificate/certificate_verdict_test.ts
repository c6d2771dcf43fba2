import { assertEquals } from "@std/assert";
import type { ChainLink } from "../../../lib/net/certificate/certificate_chain.ts";
import { readCertificateFields } from "../../../lib/net/certificate/certificate_fields.ts";
import { explainVerdict } from "../../../lib/net/certificate/certificate_verdict.ts";
import { fixture } from "../../peer/peer.ts";

const DAY = 86_400_000;
const NOW = Date.UTC(2030, 0, 1);

function readLink(name: string, from = NOW - DAY, to = NOW + DAY): ChainLink {
  const [, base64 = ""] = /-----BEGIN CERTIFICATE-----([^-]*)/.exec(fixture(name)) ?? [];
  const raw = Uint8Array.fromBase64(base64);
  return { ...readCertificateFields(raw), raw, from, to };
}

function explain(chain: [ChainLink, ...ChainLink[]], caCerts = [fixture("ca.pem")]): string | undefined {
  return explainVerdict({ chain, serverName: "localhost", trusted: false, caCerts, now: NOW });
}

Deno.test("explainVerdict() mentions that an expired certificate is also self-signed", () => {
  assertEquals(
    explain([readLink("self_signed.pem", NOW - 9 * DAY, NOW - DAY / 2)]),
    "the certificate expired on 2029-12-31T12:00:00Z, less than a day ago; the certificate is self-signed (CN=localhost)",
  );
});

Deno.test("explainVerdict() names only the dates of a self-signed certificate that is trusted", () => {
  assertEquals(
    explain([readLink("self_signed.pem", NOW - 9 * DAY, NOW - DAY / 2)], [fixture("self_signed.pem")]),
    "the certificate expired on 2029-12-31T12:00:00Z, less than a day ago",
  );
});

Deno.test("explainVerdict() lists the possible faults of a chain to a trusted root", () => {
  assertEquals(
    explain([readLink("good.pem")]),
    "the chain to the trusted root (O=sonde tests, CN=sonde test CA) breaks a rule: its length, name constraints or a kind of key",
  );
});

Deno.test("explainVerdict() does not follow a circular chain forever", () => {
  const [first, ...rest] = new Array(32).fill(readLink("good.pem"));
  assertEquals(explain([first, ...rest], []), "the chain has 32 certificates or more");
});

Deno.test("explainVerdict() lists at most ten names", () => {
  const names = Array.from({ length: 12 }, (_, index) => ({ type: "dns" as const, value: `${index}` }));
  const chain = [{ ...readLink("good.pem"), names }] as const;
  assertEquals(
    explainVerdict({ chain, serverName: "localhost", trusted: true, now: NOW }),
    "the certificate is for 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 2 more names, not for localhost",
  );
});

Deno.test("explainVerdict() accepts authorities with fields before the base64", () => {
  const odd = fixture("ca.pem").replace("-----\n", "-----\nComment: mine\n\n");
  assertEquals(
    explain([readLink("good.pem")], [odd]),
    "the issuer (O=sonde tests, CN=sonde test CA) is not known and its certificate was not sent",
  );
});

Deno.test("explainVerdict() explains that a common name does not count", () => {
  assertEquals(
    explainVerdict({
      chain: [{ ...readLink("good.pem"), names: [] }],
      serverName: "localhost",
      trusted: true,
      now: NOW,
    }),
    "the certificate is for no name (a common name does not count), not for localhost",
  );
});
