/**
 * Lists the certificates of hosts, sorted by their expiry. If an issuer expires first, it counts and is named.
 *
 *     deno run --allow-net scripts/tls_expiry.ts --days 30 example.com example.org:8443
 *
 * `deno.json` says where `@std/cli` comes from. To use a copy of this script elsewhere, first run `deno add jsr:@std/cli`.
 *
 * @module
 */

import { parseArgs } from "@std/cli/parse-args";
import { probe } from "../lib/probe.ts";
import { earliestCertificate, escapeMessage } from "../lib/report.ts";

if (import.meta.main) {
  const { days: least, _: hosts } = parseArgs(Deno.args, {
    string: ["_", "days"],
    default: { days: "14" },
  });
  if (hosts.length === 0 || !(Number(least || NaN) >= 0)) {
    console.error(
      "Usage: tls_expiry.ts [--days 14] HOST[:PORT]…\nThe exit code is 1 if a certificate is invalid or expires in fewer days.",
    );
    Deno.exit(2);
  }
  const rows = await Promise.all(hosts.map(async (host) => {
    const result = await probe(`https://${host}/`, { method: "HEAD", verify: false });
    const { certificate, verified = false, verifyError } = result.tls ?? {};
    const verdict = verified ? "ok" : verifyError ?? result.error?.message ?? "no TLS";
    const earliest = earliestCertificate(result);
    const { daysLeft: days = -Infinity, notAfter: until = "" } = earliest ?? {};
    const issuer = earliest?.sha256 === certificate?.fingerprint256
      ? ""
      : `; ${earliest?.subject} expires first`;
    return { host, verdict, days, until, issuer };
  }));
  rows.sort((a, b) => a.days - b.days);
  for (const { host, verdict, days, until, issuer } of rows) {
    const left = Number.isFinite(days) ? `${days} days` : "none";
    console.log(`${left.padStart(10)}  ${until.padEnd(24)}  ${host}  ${escapeMessage(verdict + issuer)}`);
  }
  Deno.exit(rows.every(({ verdict, days }) => verdict === "ok" && days >= Number(least)) ? 0 : 1);
}
