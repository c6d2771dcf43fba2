/**
 * Measures the connection behaviour of the web servers that are installed here, with their default settings, and writes
 * it into docs/connection-behaviour.md.
 *
 * ```sh
 * deno run -A bench/connection_behaviour.ts        # six minutes: Caddy keeps idle connections for 300 s
 * deno run -A bench/connection_behaviour.ts 12     # with 12 s for silent connections
 * ```
 *
 * @module
 */

import { profileConnection } from "../lib/conn/profile.ts";
import { haproxyBefore, SERVERS, startServer, versionOf } from "../tests/real/_servers.ts";
import { describeExperiments, describeMeasured, type Measured, replacePart } from "./_behaviour_page.ts";

const PAGE = new URL("../docs/connection-behaviour.md", import.meta.url);

/** Everything but what the servers' content decides (`streaming`) and what would be measured twice. */
const ONLY = ["all"];
const SKIP = ["streaming", "tls", "addresses", "reuse-race"];

const seconds = Number(Deno.args[0] ?? 306);
const node = SERVERS.find(({ name }) => name === "Node")!;
await using backend = await startServer(node);
const kinds = [...SERVERS, haproxyBefore(new URL(backend.url).host)];
const installed = kinds.filter((kind) => versionOf(kind) !== undefined);
for (const { name, program } of kinds) {
  if (!installed.some((kind) => kind.name === name)) {
    console.error(`${name} is left out: ${program} is not installed`);
  }
}
const measured: Measured[] = await Promise.all(installed.map(async (kind) => {
  await using server = await startServer(kind);
  const name = kind.name === "HAProxy" ? "HAProxy before Node" : kind.name;
  const profile = await profileConnection(server.url, {
    only: ONLY,
    skip: SKIP,
    intrusive: true,
    ownHost: true,
    idleLimit: seconds * 1000,
  });
  console.error(`${name} ${server.version} is done`);
  return { server: `${name} ${server.version}`, profile };
}));
const page = await Deno.readTextFile(PAGE);
const described = replacePart(page, "experiments", describeExperiments());
await Deno.writeTextFile(PAGE, replacePart(described, "measured", describeMeasured(measured)));
