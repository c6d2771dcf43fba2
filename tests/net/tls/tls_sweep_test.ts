import { assert, assertEquals, assertMatch, assertNotMatch } from "@std/assert";
import { classifyError } from "../../../lib/net/errors/classify_error.ts";
import { Deadline } from "../../../lib/net/deadline.ts";
import { dial } from "../../../lib/net/dial/dial.ts";
import type { TlsRequest } from "../../../lib/net/tls/tls_request.ts";
import type { ProbeError } from "../../../lib/result.ts";
import { type FlippingRelay, startFlippingRelay } from "../../peer/flipping_relay.ts";
import { type PeerTls, type Script, startPeer } from "../../peer/peer.ts";
import { RECORD, startTls12Peer } from "../../peer/tls12_peer.ts";
import { dialPeer, LONGEST_WAIT, readAll, TLS } from "../connect.ts";
import { skipWaits } from "../../_skipped_waits.ts";
import { stepRows, testRows } from "../../_test_rows.ts";

const MASKS = [0x01, 0x80, 0xff];

/** Milliseconds for a handshake that waits for octets which never come, since a length was changed. */
const HANDSHAKE_TIME = 1_500;

/** Octets of the server's random that are changed, each with a client that verifies and one that does not. */
const CHANGED_RANDOMS = [11, 26, 42].flatMap((at) =>
  [[at, true], [at, false]] as [at: number, verify: boolean][]
);

/** Octets at the beginning of a TLS 1.3 handshake, of which every one is changed. */
const PLAIN = 200;
/** After them all is encrypted, and a changed octet is as good as its neighbours: one of so many is changed. */
const SAMPLED = 5;

/** Number of simultaneous connections. */
const LANES = 8;

/** Texts of the libraries below and of errors in this program: none of them says what is wrong. */
const RIDDLE =
  /undefined|\bError:|first certificate|issuer certificate|self-signed certificate( in|$)|misbehaved|received |SSL routines/;

/** The outcome of a connection with one changed octet; undefined if the change had no effect. */
async function meet(relay: FlippingRelay, tls: TlsRequest, flip: [at: number, mask: number]) {
  relay.flipNext(...flip);
  using deadline = new Deadline({ maxTime: LONGEST_WAIT });
  const request = { host: relay.address, port: relay.port, tls };
  const { connection, error } = await dial(request, deadline, { tlsTimeout: HANDSHAKE_TIME });
  if (connection === undefined) return error;
  using open = connection;
  for (let outcome = await open.read(); outcome.type !== "fin"; outcome = await open.read()) {
    switch (outcome.type) {
      case "data":
        continue;
      case "error":
        return classifyError(outcome.error, "body", "read");
      case "closed":
        throw new Error("closed by whom?");
      default:
        return undefined;
    }
  }
  return undefined;
}

function assertBlame(error: ProbeError | undefined, where: string): void {
  if (error === undefined) return;
  assert(
    ["tls", "certificate", "closed", "reset", "timeout"].includes(error.kind),
    `${where}: ${error.kind}`,
  );
  // A machine that is busy for longer than the handshake may take is another matter.
  if (error.kind !== "timeout") assertEquals(error.by, "target", where);
  assertNotMatch(error.message, RIDDLE, where);
  assertMatch(error.message, /^Cannot .*: ./, where);
}

const SWEEPS: readonly (readonly [
  version: NonNullable<PeerTls["version"]>,
  certificate: PeerTls["certificate"],
  verify: boolean,
])[] = [
  ["TLSv1.2", "good", true],
  ["TLSv1.2", "self_signed", false],
  ["TLSv1.3", "good", true],
  ["TLSv1.3", "self_signed", false],
];

for (const [version, certificate, verify] of SWEEPS) {
  const what = `${version} handshake with a ${certificate} certificate, ${verify ? "" : "not "}verified`;
  Deno.test(`dial() blames the server for any changed octet of a ${what}`, async () => {
    using _clock = skipWaits();
    await using peer = await startPeer([{ send: "in" }], { tls: { certificate, version } });
    await using relay = await startFlippingRelay(peer.port);
    const tls = { ...TLS, verify };
    assertEquals(await meet(relay, tls, [Infinity, 0]), undefined, "nothing was changed");
    const offsets = Array.from({ length: relay.sent }, (_, at) => at).filter((at) =>
      version === "TLSv1.2" || at < PLAIN || at % SAMPLED === 0
    );
    const waiting = offsets.values();
    let failed = 0;
    await Promise.all(Array.from({ length: LANES }, async () => {
      for (const at of waiting) {
        const error = await meet(relay, tls, [at, MASKS[at % MASKS.length]!]);
        assertBlame(error, `octet ${at} of ${what}: ${error?.message}`);
        if (error) failed++;
      }
    }));
    assert(failed > offsets.length / 3, `${failed} of ${offsets.length} connections failed`);
  });
}

testRows(
  "dial() reports a wrong signature of a TLS 1.2 handshake with a changed random",
  (["good", "self_signed", "long_way", "forged"] as const).flatMap((certificate) => [
    { name: `${certificate} alone`, certificate, sendsAuthority: false },
    { name: `${certificate} with its authority`, certificate, sendsAuthority: true },
  ]),
  async ({ certificate, sendsAuthority }) => {
    const tls = { certificate, sendsAuthority, version: "TLSv1.2" } as const;
    await using peer = await startPeer([{ send: "in" }], { tls });
    await using relay = await startFlippingRelay(peer.port);
    const told = new Map<string, unknown[]>();
    for (const [at, verify] of CHANGED_RANDOMS) {
      const error = await meet(relay, { ...TLS, verify }, [at, 1]);
      const isSaid = /: the key of the certificate did not sign the handshake: /.test(
        error?.message ?? "",
      );
      told.set(`${at} ${verify}`, [error?.kind, error?.by, error?.phase, error?.speaksTls, isSaid]);
    }
    const expected: unknown[] = CHANGED_RANDOMS.map((
      change,
    ) => [change.join(" "), ["tls", "target", "tls", true, true]]);
    assertEquals([...told] as unknown[], expected);
  },
);

Deno.test("dial() distinguishes a handshake signed with another key from an unusable certificate", async (test) => {
  await using other = startTls12Peer(() => Promise.resolve(), { key: "client" });
  using deadline = new Deadline({ maxTime: LONGEST_WAIT });
  const tls = { ...TLS, verify: false };
  const { error } = await dial({ host: other.address, port: other.port, tls }, deadline);
  assertEquals([error?.kind, error?.by], ["tls", "target"]);
  assertMatch(error?.message ?? "", /or the server uses another key$/);

  await using short = startTls12Peer(() => Promise.resolve(), { certificate: "short_key" });
  await stepRows(test, [true, false], async (verify) => {
    const request = { host: short.address, port: short.port, tls: { ...TLS, verify } };
    const { error } = await dial(request, deadline);
    assertEquals([error?.kind, error?.by, error?.speaksTls], ["certificate", "target", true]);
    assertMatch(error?.message ?? "", /its RSA key has 1024 bits, and this TLS stack takes 2048 to 8192$/);
  });
});

testRows("dial() blames the server for a first alert of any number", [0, 1, 2, 255], async (level) => {
  const scripts = Array.from({ length: 256 }, (_, description): Script => {
    const alert = Uint8Array.of(21, 3, 3, 0, 2, level, description);
    return [{ expect: 100 }, { sendRaw: alert }, { fin: true }];
  });
  await using peer = await startPeer(scripts);
  for (let description = 0; description < 256; description++) {
    const { error } = await dialPeer(peer, { tls: TLS });
    const where = `${level}, ${description}: ${error?.message}`;
    assertEquals([error?.kind, error?.by], [level === 1 ? "closed" : "tls", "target"], where);
    assertEquals(error?.speaksTls, true, where);
    assertMatch(error?.message ?? "", / the TLS alert (?:[a-z_]+|\d+)$/, where);
    assert(error?.message.endsWith(` ${error?.alert}`), where);
  }
});

Deno.test("dial() names a warning before a silence", async () => {
  const warning = Uint8Array.of(21, 3, 3, 0, 2, 1, 112);
  await using peer = await startPeer([{ expect: 100 }, { sendRaw: warning }, { stall: true }]);
  const { error } = await dialPeer(peer, { tls: TLS }, { tlsTimeout: 300 });
  assertEquals([error?.kind, error?.by, error?.alert, error?.speaksTls], [
    "timeout",
    "target",
    "unrecognized_name",
    true,
  ]);
  assertMatch(error?.message ?? "", / after the TLS alert unrecognized_name$/);
});

testRows(
  "TlsConnection.read() blames the server for an alert of any number after the handshake",
  [1, 2],
  async (level) => {
    let sent = 0;
    await using peer = startTls12Peer((line) => line.send(RECORD.alert, Uint8Array.of(level, sent++)));
    for (let description = 0; description < 256; description++) {
      using deadline = new Deadline({ maxTime: LONGEST_WAIT });
      const { connection } = await dial({ host: peer.address, port: peer.port, tls: TLS }, deadline);
      using open = connection!;
      const outcome = await open.read();
      const where = `${level}, ${description}`;
      if (description === 0) assertEquals(outcome.type, "close-notify", where);
      else if (level === 1) assertEquals(await readAll(open), ["", "tls-truncated"], where);
      else {
        assert(outcome.type === "error", where);
        const error = classifyError(outcome.error, "body", "read");
        assertEquals([error.kind, error.by], ["tls", "target"], where);
        assertMatch(error.message, /^Cannot read: the server sent the TLS alert (?:[a-z_]+|\d+)$/, where);
        assert(error.message.endsWith(` ${error.alert}`), where);
      }
    }
  },
);
