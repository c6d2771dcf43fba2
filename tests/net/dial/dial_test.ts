import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { Deadline } from "../../../lib/net/deadline.ts";
import { dial } from "../../../lib/net/dial/dial.ts";
import type { TlsRequest } from "../../../lib/net/tls/tls_request.ts";
import { fixture, startPeer } from "../../peer/peer.ts";
import { runScript } from "../../_process.ts";
import { ascii, connectTo, dialPeer, LONGEST_WAIT, readAll, TLS } from "../connect.ts";
import { stepRows, testRows } from "../../_test_rows.ts";

Deno.test("dial() times lookup, connect and handshake separately", async () => {
  await using peer = await startPeer([{ stall: true }], { tls: { certificate: "good" } });
  const start = performance.now();
  const { connection, timings, tries } = await dialPeer(peer, { host: "localhost", family: 4, tls: TLS });
  const total = performance.now() - start;
  assert(connection);
  connection.close();
  const { dns = NaN, connect = NaN, tls = NaN } = timings;
  assert(dns > 0 && connect > 0 && tls > 0);
  assert(dns + connect + tls <= total);
  // The time of all tries, around that of the only one.
  const only = tries[0]?.ms ?? NaN;
  assert(only > 0 && only <= connect, `${only} of ${connect} ms`);
  assertEquals(tries.map(({ address, port, error }) => [address, port, error]), [[
    "127.0.0.1",
    peer.port,
    undefined,
  ]]);
});

Deno.test("dial() makes no lookup for an IP address", async () => {
  await using peer = await startPeer([{ stall: true }]);
  const { connection, timings } = await dialPeer(peer);
  connection?.close();
  assertEquals(Object.keys(timings), ["connect"]);
});

Deno.test("dial() tries the next address when connecting to one fails, and records every try", async () => {
  await using peer = await startPeer([{ send: "here" }]);
  const outcome = await dialPeer(peer, { host: "no.lookup.invalid", addresses: ["127.0.0.2", "127.0.0.1"] });
  using connection = outcome.connection;
  assert(connection);
  assertEquals(await readAll(connection), ["here", "fin"]);
  assertEquals(outcome.tries.map(({ address, error }) => [address, error?.kind]), [
    ["127.0.0.2", "refused"],
    ["127.0.0.1", undefined],
  ]);
});

Deno.test("dial() counts the tried addresses if all fail", async () => {
  await using peer = await startPeer([]);
  const { error, tries } = await dialPeer(peer, { addresses: ["127.0.0.2", "127.0.0.3"] });
  assertEquals([error?.kind, error?.phase, error?.by, tries.length], ["refused", "connect", "target", 2]);
  assertMatch(
    error?.message ?? "",
    /^Cannot connect to 127\.0\.0\.3:\d+: connection refused .*; 2 addresses tried$/,
  );
});

Deno.test("dial() does not go to the next address when a handshake fails", async () => {
  await using peer = await startPeer([{ expect: 1 }, { rst: true }]);
  const { error, tries } = await dialPeer(peer, { addresses: ["127.0.0.1", "127.0.0.1"], tls: TLS });
  assertEquals([error?.kind, error?.phase, tries.length], ["reset", "tls", 1]);
  assertEquals(peer.connections.length, 1);
});

testRows("dial() connects over IPv6", ["::1", "0:0:0:0:0:0:0:1"] as const, async (host) => {
  await using peer = await startPeer([{ send: "six" }], { address: "::1" });
  using connection = await connectTo(peer, { host });
  assertEquals(connection.peer, { address: "::1", port: peer.port, family: 6 });
  assertEquals(await readAll(connection), ["six", "fin"]);
});

Deno.test("dial() uses the zone of an IPv6 address", async () => {
  await using peer = await startPeer([]);
  const { error, timings } = await dialPeer(peer, { host: "fe80::1%lo" });
  // No such address on loopback: that the system looked for it there shows that the zone was understood.
  assertEquals([error?.phase, Object.keys(timings)], ["connect", ["connect"]]);
  assertMatch(error?.message ?? "", /^Cannot connect to \[fe80::1%lo\]:\d+: .*\(E[A-Z]+\)$/);
});

Deno.test("dial() uses only addresses of the requested family", async () => {
  await using peer = await startPeer([{ stall: true }]);
  using connection = await connectTo(peer, { addresses: ["::1", "127.0.0.1"], family: 4 });
  assertEquals(connection.peer.address, "127.0.0.1");
  const { error } = await dialPeer(peer, { host: "127.0.0.1", family: 6 });
  assertEquals([error?.kind, error?.by], ["usage", "local"]);
});

Deno.test("dial() connects to a Unix socket", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/socket`;
    await using peer = await startPeer([{ expect: "ping" }, { send: "pong" }], { path });
    const outcome = await dialPeer(peer, { host: "unused", port: 80, unixSocket: path });
    using connection = outcome.connection;
    assert(connection, outcome.error?.message);
    assertEquals(Object.keys(outcome.timings), ["connect"]);
    assertEquals(connection.peer, { address: path, port: 0 });
    assertEquals(connection.local, { address: "", port: 0 });
    await connection.write(ascii("ping"));
    assertEquals(await readAll(connection), ["pong", "fin"]);
    const { error } = await dialPeer(peer, { unixSocket: `${folder}/none` });
    assertEquals([error?.kind, error?.by], ["refused", "target"]);
    const { error: long } = await dialPeer(peer, { unixSocket: `${folder}/${"x".repeat(200)}` });
    assertEquals([long?.kind, long?.by], ["usage", "local"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("dial() reports a name that does not exist", async () => {
  using deadline = new Deadline({ maxTime: LONGEST_WAIT });
  // RFC 6761 §6.4: names under .invalid are never there. Where no resolver answers, the network is to blame.
  const { error, tries } = await dial({ host: "name.invalid", port: 80 }, deadline);
  assertEquals([error?.kind, error?.phase, tries], ["resolve", "dns", []]);
});

const BROKEN = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
const [CERT, KEY] = [fixture("client.pem"), fixture("client.key")];
const UNUSABLE: readonly (readonly [wrong: Partial<TlsRequest>, message: string])[] = [
  [{ caCerts: ["nothing"] }, "Cannot use the authorities: the text has no certificate in PEM"],
  [{ caCerts: [BROKEN] }, "Cannot use the authorities: a certificate cannot be read"],
  [{ cert: CERT }, "Cannot use the client's certificate: its key is missing"],
  [{ key: KEY }, "Cannot use the client's key: its certificate is missing"],
  [{ cert: "c", key: KEY }, "Cannot use the client's certificate: the text has no certificate in PEM"],
  [
    { cert: CERT, key: CERT },
    "Cannot use the client's key: it is not the PEM text of an unencrypted private key",
  ],
  [
    { cert: CERT, key: "k" },
    "Cannot use the client's key: it is not the PEM text of an unencrypted private key",
  ],
  [
    { cert: CERT, key: fixture("good.key") },
    "Cannot use the client's key: it does not belong to the certificate",
  ],
];

Deno.test("dial() throws for invalid arguments before it connects", async (test) => {
  using deadline = new Deadline();
  await assertRejects(
    () => dial({ host: "x", port: 0 }, deadline),
    RangeError,
    "Cannot dial x: 0 is not a port",
  );
  await assertRejects(() => dial({ host: "x", port: 65_536 }, deadline), RangeError);
  await assertRejects(
    () => dial({ host: "x", port: 80, addresses: ["y"] }, deadline),
    TypeError,
    '"y" is not an IP',
  );
  await stepRows(test, UNUSABLE, async ([wrong, message]) => {
    const request = { host: "x", port: 80, tls: { serverName: "x", verify: true, ...wrong } };
    await assertRejects(() => dial(request, deadline), TypeError, message);
  });
});

/** Runs in a separate process, whose file descriptors no other test uses. */
const LATE_CONNECTIONS = `
  const { Deadline } = await import(DEADLINE);
  const countDescriptors = () => [...Deno.readDirSync("/proc/self/fd")].length;
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  const connect = async () => {
    using deadline = new Deadline({ maxTime: 5 });
    const { connection } = await it.dial({ host: "127.0.0.1", port }, deadline);
    connection?.close();
  };
  await connect();
  const before = countDescriptors();
  for (let round = 0; round < 20; round++) {
    const dials = Array.from({ length: 20 }, connect);
    // The connections are made meanwhile, and then both is to be told: that they are there, and that it is too late.
    for (const end = performance.now() + 10; performance.now() < end;);
    await Promise.all(dials);
  }
  console.log(countDescriptors() - before);
  listener.close();
`;

Deno.test({
  name: "dial() closes a connection that is established just when its time is over",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    const address = new URL("../../../lib/net/deadline.ts", import.meta.url).href;
    const script = LATE_CONNECTIONS.replace("DEADLINE", JSON.stringify(address));
    const { stdout, stderr } = await runScript("lib/net/dial/dial.ts", script);
    assertEquals(stderr, "");
    // Of 400 connections.
    assert(Number(stdout) < 10, `${stdout.trim()} descriptors more`);
  },
});
