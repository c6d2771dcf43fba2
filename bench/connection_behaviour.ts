/**
 * Measures the connection behaviour of the web servers that are installed on this machine, with their default
 * settings, and writes the results into docs/connection-behaviour.md.
 *
 * ```sh
 * deno run -A bench/connection_behaviour.ts                # ten minutes: Caddy keeps idle connections for 300 s
 * deno run -A bench/connection_behaviour.ts --seconds 12   # with 12 s for silent connections
 * ```
 *
 * @module
 */

import { profileConnection } from "../lib/conn/profile.ts";
import { haproxy, NODE, SERVERS } from "../tests/real/_kinds.ts";
import { readVersion, startRealServer } from "../tests/real/_server.ts";
import { describeExperiments, describeMeasured, type Measured, replacePart } from "./_behaviour_page.ts";
import { readNumbers } from "./_read_numbers.ts";

const PAGE = new URL("../docs/connection-behaviour.md", import.meta.url);

/**
 * All experiments except `streaming`, whose outcome depends on the content of the server, and those that
 * would measure the same twice.
 */
const ONLY = ["all"];
const SKIP = ["streaming", "tls", "addresses", "reuse-race"];

const [seconds] = readNumbers("seconds", "306");
await using backend = await startRealServer(NODE);
const kinds = await Promise.all(
  [...SERVERS, haproxy(backend.port)].map(async (kind) => ({ kind, version: await readVersion(kind) })),
);
for (const { kind } of kinds.filter(({ version }) => version === undefined)) {
  console.error(`${kind.name} is left out: ${kind.program} is not installed`);
}
const installed = kinds.filter(({ version }) => version !== undefined);
const measured: Measured[] = await Promise.all(installed.map(async ({ kind, version }) => {
  await using server = await startRealServer(kind);
  const name = kind.name === "HAProxy" ? "HAProxy in front of Node" : kind.name;
  const profile = await profileConnection(server.url, {
    only: ONLY,
    skip: SKIP,
    intrusive: true,
    ownHost: true,
    idleLimit: seconds * 1000,
  });
  console.error(`${name} ${version} is done`);
  return { server: `${name} ${version}`, profile };
}));
const page = await Deno.readTextFile(PAGE);
const described = replacePart(page, "experiments", describeExperiments());
await Deno.writeTextFile(PAGE, replacePart(described, "measured", describeMeasured(measured)));
