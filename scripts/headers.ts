/**
 * Prints one field of many hosts: who sends which Server, who has no Strict-Transport-Security?
 *
 *     deno run --allow-net scripts/headers.ts strict-transport-security example.com example.org
 *
 * @module
 */

import { probe } from "../lib/probe.ts";
import { escapeText } from "../lib/report.ts";

if (import.meta.main) {
  const [name, ...hosts] = Deno.args;
  if (name === undefined || hosts.length === 0) {
    console.error("Usage: headers.ts FIELD HOST…");
    Deno.exit(2);
  }
  for (const host of hosts) {
    const { headers = [], error } = await probe(host, { maxRedirects: 5 });
    const values = headers.filter(([given]) => given.toLowerCase() === name.toLowerCase()).map(([, value]) =>
      value
    );
    const text = error
      ? `(${error.kind})`
      : values.length === 0
      ? "(none)"
      : values.map(escapeText).join(" | ");
    console.log(`${host}\t${text}`);
  }
}
