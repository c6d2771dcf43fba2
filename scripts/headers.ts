/**
 * Prints one header field of many hosts, for instance `Server` or `Strict-Transport-Security`.
 *
 *     deno run --allow-net scripts/headers.ts strict-transport-security example.com example.org
 *
 * @module
 */

import { headerOf, probe } from "../lib/probe.ts";
import { escapeText } from "../lib/report.ts";

if (import.meta.main) {
  const [name, ...hosts] = Deno.args;
  if (name === undefined || hosts.length === 0) {
    console.error("Usage: headers.ts FIELD HOST…");
    Deno.exit(2);
  }
  for (const host of hosts) {
    const result = await probe(host, { maxRedirects: 5 });
    const value = result.error ? `(${result.error.kind})` : headerOf(result, name) ?? "(none)";
    console.log(`${host}\t${escapeText(value)}`);
  }
}
