/**
 * Lists the certificates of hosts, sorted by their expiry.
 *
 *     deno run --allow-net scripts/tls_expiry.ts --days 30 example.com example.org:8443
 *
 * `deno.json` says where `@std/cli` comes from. To use a copy of this script elsewhere, first run `deno add jsr:@std/cli`.
 *
 * @module
 */

import { parseArgs } from "@std/cli/parse-args";
import { probe } from "../lib/probe.ts";
import { escapeMessage } from "../lib/report.ts";

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
    const { tls, error } = await probe(`https://${host}/`, { method: "HEAD", verify: false });
    const { certificate, verified = false, verifyError } = tls ?? {};
    const verdict = verified ? "ok" : verifyError ?? error?.message ?? "no TLS";
    return { host, verdict, days: certificate?.daysLeft ?? -Infinity, until: certificate?.notAfter ?? "" };
  }));
  rows.sort((a, b) => a.days - b.days);
  for (const { host, verdict, days, until } of rows) {
    const left = Number.isFinite(days) ? `${days} days` : "none";
    console.log(`${left.padStart(10)}  ${until.padEnd(24)}  ${host}  ${escapeMessage(verdict)}`);
  }
  Deno.exit(rows.every(({ verdict, days }) => verdict === "ok" && days >= Number(least)) ? 0 : 1);
}
