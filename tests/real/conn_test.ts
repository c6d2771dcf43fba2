import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { FRONTS } from "../../lib/conn/findings/known_timeouts.ts";
import { profileConnection } from "../../lib/conn/profile.ts";
import { haproxy, NODE, SERVERS } from "./_kinds.ts";
import { type RealServerKind, type ServerSettings, startRealServer } from "./_server.ts";
import { testServer } from "./_test_server.ts";

/** Seconds until the server ends an idle connection, by a plain socket and nothing of ours. */
async function idleBySocket(url: string): Promise<number> {
  const { hostname, port } = new URL(url);
  using connection = await Deno.connect({ hostname, port: Number(port) });
  await connection.write(new TextEncoder().encode(`GET / HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`));
  const buffer = new Uint8Array(65_536);
  await connection.read(buffer);
  let answeredAt = performance.now();
  while (await connection.read(buffer) !== null) answeredAt = performance.now();
  return (performance.now() - answeredAt) / 1000;
}

/** lighttpd looks at idle connections once a second, so two measurements may be so far apart. */
function toleranceOf(kind: RealServerKind): number {
  return kind.name === "lighttpd" ? 1.2 : 0.3;
}

const KEEP_ALIVE: ServerSettings = { idle: 1, maxRequests: 7 };

async function compareIdle(kind: RealServerKind): Promise<void> {
  await using server = await startRealServer(kind, KEEP_ALIVE);
  const [bySocket, profile] = await Promise.all([
    idleBySocket(server.url),
    profileConnection(server.url, { only: ["idle-timeout", "keep-alive", "close"], idleLimit: 6_000 }),
  ]);
  const { outcome, facts } = profile.experiments["idle-timeout"]!;
  assertEquals(outcome, "closes");
  const seconds = facts["seconds"] as number;
  assert(
    Math.abs(seconds - bySocket) <= toleranceOf(kind),
    `${seconds} s measured, ${bySocket} s by a socket`,
  );
  assertEquals(facts["how"], "fin");
  assertEquals(profile.experiments["keep-alive"]?.outcome, "yes");
  assertEquals(profile.experiments["close"]?.outcome, "honoured");
}

for (const kind of SERVERS) {
  testServer(kind, "profileConnection() measures the idle timeout", () => compareIdle(kind));
}
testServer(haproxy(9), "profileConnection() measures the idle timeout", async () => {
  await using backend = await startRealServer(NODE);
  await compareIdle(haproxy(backend.port));
}, NODE);

/** Apache and lighttpd allow one request more than their setting says. */
const EXTRA: Readonly<Record<string, number>> = { Apache: 1, lighttpd: 1 };

for (const kind of SERVERS.filter(({ settings }) => settings.includes("maxRequests"))) {
  testServer(kind, "profileConnection() counts the requests for each connection", async () => {
    await using server = await startRealServer(kind, KEEP_ALIVE);
    const profile = await profileConnection(server.url, { only: ["max-requests"] });
    const { outcome, facts } = profile.experiments["max-requests"]!;
    assertEquals([outcome, facts["requests"], facts["announcedClose"]], [
      "capped",
      7 + (EXTRA[kind.name] ?? 0),
      true,
    ]);
  });
}

for (const kind of SERVERS.filter(({ settings }) => settings.includes("noKeepAlive"))) {
  testServer(kind, "profileConnection() sees keep-alive switched off", async () => {
    await using server = await startRealServer(kind, { noKeepAlive: true });
    const profile = await profileConnection(server.url, {
      only: ["keep-alive", "idle-timeout", "max-requests"],
    });
    const outcomes = Object.values(profile.experiments).map(({ outcome }) => outcome);
    assertEquals(outcomes, ["no", "not-kept", "not-kept"], JSON.stringify(profile.experiments, undefined, 1));
    assertEquals(profile.findings, []);
  });
}

testServer(
  NODE,
  "profileConnection() finds why nginx in front of the server sometimes answers 502",
  async () => {
    await using server = await startRealServer(NODE, { idle: 1 });
    const profile = await profileConnection(server.url, {
      only: ["idle-timeout"],
      behind: FRONTS["nginx"]!,
      idleLimit: 5_000,
    });
    const [finding, ...more] = profile.findings;
    assertEquals([finding?.code, finding?.severity, more.length], ["idle-shorter-than-proxy", "problem", 0]);
    assertStringIncludes(finding!.message, "nginx as a proxy keeps idle connections for 60 s");
    assertStringIncludes(finding!.advice, "in Node: server.keepAliveTimeout = 65_000");
    assert(
      profile.experiments["idle-timeout"]!.evidence.some((line) => line.includes("closed by the peer (FIN)")),
    );
  },
);

/** Seconds that a request may take, and what a server makes of one that takes longer: outcome and status. */
const REQUEST_TIME = 1;
const SLOW: Readonly<
  Record<string, Readonly<Record<string, readonly [outcome: string, status: number | null]>>>
> = {
  nginx: { "slow-head": ["gives-up", null], "slow-body": ["answers", 200] },
  Apache: { "slow-head": ["gives-up", 408], "slow-body": ["gives-up", 408] },
  // Its limit is for each read.
  lighttpd: { "slow-head": ["outlives", null], "slow-body": ["answers", 400] },
  Caddy: { "slow-head": ["gives-up", null], "slow-body": ["answers", 200] },
  Node: { "slow-head": ["gives-up", 408], "slow-body": ["answers", 200] },
  HAProxy: { "slow-head": ["gives-up", 408], "slow-body": ["gives-up", 408] },
};

async function compareSlow(kind: RealServerKind): Promise<void> {
  await using server = await startRealServer(kind, { requestTime: REQUEST_TIME });
  const { experiments } = await profileConnection(server.url, {
    only: ["slow-head", "slow-body"],
    idleLimit: 2_500,
  });
  for (const [name, [outcome, status]] of Object.entries(SLOW[kind.name]!)) {
    const { facts, ...report } = experiments[name]!;
    assertEquals([report.outcome, facts["status"]], [outcome, status], `${name}: ${report.summary}`);
    if (outcome !== "gives-up") continue;
    // Apache looks only when a piece comes, every 0.9 s.
    const late = (facts["seconds"] as number) - REQUEST_TIME;
    assert(late > -0.1 && late < 1.2, `${name}: ${report.summary}`);
  }
}

for (const kind of SERVERS) {
  testServer(
    kind,
    "profileConnection() measures when the server gives up on a slow request",
    () => compareSlow(kind),
  );
}
testServer(
  haproxy(9),
  "profileConnection() measures when the server gives up on a slow request",
  async () => {
    await using backend = await startRealServer(NODE);
    await compareSlow(haproxy(backend.port));
  },
  NODE,
);
