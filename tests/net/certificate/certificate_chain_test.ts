import { assertEquals } from "@std/assert";
import type { DetailedPeerCertificate } from "node:tls";
import { formatDays } from "../../../lib/net/certificate/certificate.ts";
import { followIssuers, readSent } from "../../../lib/net/certificate/certificate_chain.ts";
import { fixture } from "../../peer/peer.ts";
import { testRows } from "../../_test_rows.ts";

const DAY = 86_400_000;
const NOW = Date.UTC(2030, 0, 1);

/** A certificate as Node gives it, with those that were sent behind it. */
function sent(...certificates: [name: string, from: number, to: number][]): DetailedPeerCertificate {
  const links = certificates.map(([name, from, to]) => {
    const [, base64 = ""] = /-----BEGIN CERTIFICATE-----([^-]*)/.exec(fixture(name)) ?? [];
    return {
      raw: Uint8Array.fromBase64(base64),
      valid_from: new Date(NOW + from * DAY).toUTCString(),
      valid_to: new Date(NOW + to * DAY).toUTCString(),
    } as unknown as DetailedPeerCertificate;
  });
  links.forEach((link, index) => {
    const next = links[index + 1];
    if (next) link.issuerCertificate = next;
  });
  return links[0]!;
}

/** The days from now at which the certificates of a chain end. */
function endsOf(certificate: DetailedPeerCertificate): number[] {
  return followIssuers(readSent(certificate), NOW).map(({ to }) => Math.round((to - NOW) / DAY));
}

Deno.test("followIssuers() follows issuers in any order of sending, and prefers valid ones", () => {
  const first = ["good.pem", -9, 90] as [string, number, number];
  assertEquals(endsOf(sent(first)), [90]);
  assertEquals(endsOf(sent(first, ["ca.pem", -9, 800])), [90, 800]);
  assertEquals(endsOf(sent(first, ["ca.pem", -900, -1], ["ca.pem", -9, 800])), [90, 800]);
  assertEquals(endsOf(sent(first, ["ca.pem", -9, 800], ["ca.pem", -900, -1])), [90, 800]);
  assertEquals(endsOf(sent(first, ["ca.pem", 5, 801], ["ca.pem", -9, 800])), [90, 800]);
  // None is valid: the first one says why.
  assertEquals(endsOf(sent(first, ["ca.pem", -900, -1], ["ca.pem", -900, -2])), [90, -1]);
  // Another authority has issued nothing of it.
  assertEquals(endsOf(sent(first, ["other_ca.pem", -9, 700], ["ca.pem", -9, 800])), [90, 800]);
  assertEquals(endsOf(sent(first, ["other_ca.pem", -9, 700])), [90]);
});

testRows("formatDays() counts whole days", [[0, "less than a day"], [0.99, "less than a day"], [1, "1 day"], [
  1.99,
  "1 day",
], [
  2,
  "2 days",
]], ([days, text]) => {
  assertEquals(formatDays(Number(days) * DAY), text);
}, { permissions: "none" });
