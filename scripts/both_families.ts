/**
 * Compares the status and speed of a server over IPv4 and IPv6.
 *
 *     deno run --allow-net scripts/both_families.ts https://example.com/
 *
 * @module
 */

import { probe } from "../lib/probe.ts";
import { formatTextRow, formatTextRowHeader } from "../lib/report.ts";

if (import.meta.main) {
  const [url] = Deno.args;
  if (url === undefined) {
    console.error("Usage: both_families.ts URL");
    Deno.exit(2);
  }
  const [four, six] = await Promise.all([probe(url, { family: 4 }), probe(url, { family: 6 })]);
  const look = { columns: ["status", "time", "address", "target"] } as const;
  console.log(formatTextRowHeader(look));
  console.log(formatTextRow(four, look));
  console.log(formatTextRow(six, look));
  if (four.ok !== six.ok) console.log(`Only IPv${four.ok ? 4 : 6} works`);
  else if (four.status !== six.status) console.log(`IPv4 gives ${four.status}, IPv6 ${six.status}`);
  Deno.exit(four.ok && six.ok && four.status === six.status ? 0 : 1);
}
