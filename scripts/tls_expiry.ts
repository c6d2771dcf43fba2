/**
 * Lists the certificates of hosts, the one that expires first at the top.
 *
 *     deno run --allow-net scripts/tls_expiry.ts example.com example.org:8443
 *
 * @module
 */

import { probe } from "../lib/probe.ts";
import { escapeMessage } from "../lib/report.ts";

/** Fewer days than this are a failure. */
const DAYS = 14;

if (import.meta.main) {
  if (Deno.args.length === 0) {
    console.error("Usage: tls_expiry.ts HOST[:PORT]…");
    Deno.exit(2);
  }
  const rows = await Promise.all(Deno.args.map(async (host) => {
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
  Deno.exit(rows.every(({ verdict, days }) => verdict === "ok" && days >= DAYS) ? 0 : 1);
}
