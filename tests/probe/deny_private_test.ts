import { assertEquals, assertStringIncludes } from "@std/assert";
import { probeAll } from "../../lib/batch.ts";
import { profileConnection } from "../../lib/conn/profile.ts";
import { probe } from "../../lib/probe.ts";
import type { ProbeOptions } from "../../lib/probe/options.ts";
import { exchangeRaw } from "../../lib/raw.ts";
import { startPeer } from "../peer/peer.ts";
import { LAST, LONGEST, REQUEST, urlOf } from "./_peers.ts";
import { testRows } from "../_test_rows.ts";

const PUBLIC = "8.8.8.8";

const ROWS: readonly (readonly [target: string, cause: string, options?: ProbeOptions])[] = [
  ["http://127.0.0.1/", "it is a loopback address (127.0.0.0/8)"],
  ["http://127.1/", "it is a loopback address"],
  ["http://2130706433/", "it is a loopback address"],
  ["http://0x7f.1/", "it is a loopback address"],
  ["http://0/", "it is an unspecified address (0.0.0.0/8)"],
  ["http://localhost/", "is a loopback address", { family: 4 }],
  ["http://localhost/", "is the loopback address (::1/128)", {
    family: 6,
    resolve: [{ host: "localhost", port: 80, addresses: ["::1"] }],
  }],
  ["https://10.0.0.1/", "it is a private address (10.0.0.0/8)"],
  ["http://169.254.169.254/latest/meta-data/", "it is a link-local address (169.254.0.0/16)"],
  ["http://[::1]/", "it is the loopback address (::1/128)"],
  ["http://[::]/", "it is the unspecified address (::/128)"],
  ["http://[::ffff:127.0.0.1]/", "is a loopback address (127.0.0.0/8), IPv4-mapped"],
  ["http://[64:ff9b::10.0.0.1]/", "is a private address (10.0.0.0/8), NAT64"],
  ["http://[fe80::1]/", "it is a link-local address (fe80::/10)"],
  ["http://h.test/", "192.168.0.1 is a private address", {
    resolve: [{ host: "h.test", port: 80, addresses: ["192.168.0.1"] }],
  }],
  [
    "http://h.test/",
    "10.0.0.1 is a private address",
    { resolve: [{ host: "h.test", port: 80, addresses: [PUBLIC, "10.0.0.1"] }] },
  ],
  [
    `http://${PUBLIC}/`,
    "127.0.0.1 is a loopback address",
    { resolve: [{ host: PUBLIC, port: 80, addresses: ["127.0.0.1"] }] },
  ],
  [
    `http://${PUBLIC}/`,
    "it is a loopback address",
    { connectTo: [{ host: PUBLIC, port: 80, toHost: "127.0.0.1", toPort: undefined }] },
  ],
  [`http://${PUBLIC}/`, "a Unix socket is on this machine", { unixSocket: "/tmp/none" }],
];

testRows(
  "probe() with denyPrivate refuses every address that is not public, before it connects",
  ROWS,
  async ([target, cause, options]) => {
    const { error, ok, connection, timings } = await probe(target, { ...options, denyPrivate: true });
    assertEquals(
      [ok, error?.kind, error?.phase, error?.by],
      [false, "permission", "connect", "local"],
      target,
    );
    assertStringIncludes(error?.message ?? "", cause, target);
    assertStringIncludes(error?.message ?? "", "--deny-private", target);
    assertEquals([connection, timings.connect], [undefined, undefined], target);
  },
);

Deno.test("probe() with denyPrivate refuses a bare host without trying http after https", async () => {
  const result = await probe("127.0.0.1", { denyPrivate: true });
  assertEquals([result.error?.kind, result.attempts], ["permission", undefined]);
});

Deno.test("probeAll(), profileConnection() and exchangeRaw() with denyPrivate send nothing", async () => {
  await using peer = await startPeer([REQUEST, { send: LAST }]);
  for await (const { error } of probeAll([urlOf(peer)], { denyPrivate: true, retries: 2 })) {
    assertEquals(error?.kind, "permission");
  }
  assertEquals((await profileConnection(urlOf(peer), { denyPrivate: true })).error?.kind, "permission");
  assertEquals(
    (await exchangeRaw(`127.0.0.1:${peer.port}`, { denyPrivate: true })).error?.kind,
    "permission",
  );
  assertEquals(peer.connections.length, 0);
  assertEquals((await probe(urlOf(peer), { maxTime: LONGEST })).ok, true);
});
