import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { ErrorKind } from "../../../lib/result.ts";
import type { TlsRequest } from "../../../lib/net/tls/tls_request.ts";
import { fixture, type PeerTls, type Script, startPeer } from "../../peer/peer.ts";
import { ascii, connectTo, dialPeer, readAll, TLS } from "../connect.ts";
import { stepRows } from "../../_test_rows.ts";

/** A TLS alert in the clear: fatal, with this description (RFC 8446 §6). */
function alert(description: number): Script {
  return [{ sendRaw: Uint8Array.of(21, 3, 3, 0, 2, 2, description) }, { fin: true }];
}

/** Begins to answer with TLS 1.0. */
const SERVER_HELLO_1_0 = [22, 3, 1, 0, 42, 2, 0, 0, 38, 3, 1, ...new Array(32).fill(1), 0, 0, 0x2f, 0];

const FAILURES: readonly (readonly [title: string, script: Script, kind: ErrorKind, message: RegExp])[] = [
  [
    "an answer in HTTP",
    [{ send: "HTTP/1.1 400 Bad\r\n\r\n" }],
    "tls",
    /it sent "HTTP\/1\.1 400 Bad\\r\\n\\r\\n"$/,
  ],
  ["a greeting of SSH", [{ send: "SSH-2.0-x\x1b[2J\r\n" }], "tls", /it sent "SSH-2\.0-x\\x1b\[2J\\r\\n"$/],
  ["octets one by one", [{ drip: "220 hello", every: 1 }], "tls", /does not speak TLS there, it sent "2/],
  ["a fatal alert", alert(40), "tls", /the server sent the TLS alert handshake_failure$/],
  ["an alert on the version", alert(70), "tls", /the server sent the TLS alert protocol_version$/],
  ["an alert on the name", alert(112), "tls", /the server sent the TLS alert unrecognized_name$/],
  ["an alert on ALPN", alert(120), "tls", /the server sent the TLS alert no_application_protocol$/],
  ["an alert on the authority", alert(48), "tls", /the server sent the TLS alert unknown_ca$/],
  ["an alert without a name", alert(255), "tls", /the server sent the TLS alert 255$/],
  ["an alert on the key", alert(115), "tls", /the server sent the TLS alert unknown_psk_identity$/],
  ["an alert on the encryption", alert(121), "tls", /the server sent the TLS alert ech_required$/],
  [
    "a warning and a FIN",
    [{ sendRaw: Uint8Array.of(21, 3, 3, 0, 2, 1, 112) }, { fin: true }],
    "closed",
    /the server closed the connection after the TLS alert unrecognized_name$/,
  ],
  [
    "a warning and an alert",
    [{ sendRaw: Uint8Array.of(21, 3, 3, 0, 2, 1, 112, 21, 3, 3, 0, 2, 2, 40) }, { fin: true }],
    "tls",
    /the server sent the TLS alert handshake_failure$/,
  ],
  [
    "an alert with too much in it",
    [{ sendRaw: Uint8Array.of(21, 3, 3, 0, 4, 2, 40, 2, 40) }, { stall: true }],
    "tls",
    /a malformed TLS message came \(TrailingData\("AlertMessagePayload"\)\)$/,
  ],
  [
    "a record that is too long",
    [{ sendRaw: Uint8Array.of(22, 3, 3, 255, 255) }, { stall: true }],
    "tls",
    /a TLS record longer than TLS allows came$/,
  ],
  [
    "a message that is too long",
    [{ sendRaw: Uint8Array.of(22, 3, 3, 0, 4, 2, 2, 0, 0) }, { stall: true }],
    "tls",
    /a handshake message longer than 64 KiB came$/,
  ],
  [
    "octets that begin like a record",
    [{ send: "\x16hello" }, { stall: true }],
    "tls",
    /octets that are not a TLS record came$/,
  ],
  [
    "TLS 1.0",
    [{ sendRaw: Uint8Array.from(SERVER_HELLO_1_0) }, { stall: true }],
    "tls",
    /neither TLS 1\.2 nor TLS 1\.3$/,
  ],
  ["a FIN", [{ fin: true }, { stall: true }], "closed", /the server closed the connection$/],
  [
    "a FIN in a record",
    [{ sendRaw: "\x16\x03\x03\x00\x50\x02" }, { cut: true }, { stall: true }],
    "closed",
    /closed/,
  ],
  ["a reset", [{ rst: true }], "reset", /the server reset the connection$/],
];

for (const [title, script, kind, message] of FAILURES) {
  Deno.test(`dial() explains what it received instead of a handshake: ${title}`, async () => {
    await using peer = await startPeer([{ expect: 100 }, ...script]);
    const { connection, error, timings } = await dialPeer(peer, { tls: TLS });
    assertEquals(connection, undefined);
    assertEquals([error?.kind, error?.phase, error?.by], [kind, "tls", "target"]);
    assertMatch(error?.message ?? "", message);
    assertStringIncludes(
      error?.message ?? "",
      `the TLS handshake with localhost at 127.0.0.1:${peer.port}: `,
    );
    assert((timings.tls ?? 0) > 0);
  });
}

Deno.test("dial() over a Unix socket names the path in TLS errors", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/socket`;
    await using peer = await startPeer([{ stall: true }], { path, tls: { certificate: "wrong_name" } });
    const { error } = await dialPeer(peer, { host: "unused", port: 80, unixSocket: path, tls: TLS });
    assertStringIncludes(error?.message ?? "", `Cannot trust the server at ${path}: the certificate`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

const OTHER_CA = [fixture("other_ca.pem")];

const VERDICTS: readonly (readonly [
  title: string,
  certificate: PeerTls["certificate"],
  request: Partial<TlsRequest>,
  reason: RegExp | undefined,
])[] = [
  ["a name", "good", {}, undefined],
  ["a name in upper case with a dot", "good", { serverName: "LOCALHOST." }, undefined],
  ["a wildcard", "good", { serverName: "any.wild.test" }, undefined],
  ["an IPv4 address", "good", { serverName: "127.0.0.1" }, undefined],
  ["an IPv6 address", "good", { serverName: "0:0::1" }, undefined],
  [
    "a self-signed certificate that is trusted",
    "self_signed",
    { caCerts: [fixture("self_signed.pem")] },
    undefined,
  ],
  [
    "one of several authorities",
    "good",
    { caCerts: [fixture("other_ca.pem") + fixture("ca.pem")] },
    undefined,
  ],
  ["expired", "expired", {}, /^the certificate expired on 2020-02-01T00:00:00Z, [\d,]+ days ago$/],
  [
    "not yet valid",
    "not_yet_valid",
    {},
    /^the certificate is not valid before 2119-01-01T00:00:00Z, in [\d,]+ days$/,
  ],
  ["wrong name", "wrong_name", {}, /^the certificate is for elsewhere\.test, not for localhost$/],
  ["wrong address", "good", { serverName: "127.0.0.2" }, /, 127\.0\.0\.1, ::1, not for 127\.0\.0\.2$/],
  ["two labels for a wildcard", "good", { serverName: "a.b.wild.test" }, /, not for a\.b\.wild\.test$/],
  ["self-signed", "self_signed", {}, /^the certificate is self-signed \(CN=localhost\)$/],
  [
    "unknown issuer",
    "good",
    { caCerts: OTHER_CA },
    /^the issuer \(O=sonde tests, CN=sonde test CA\) is not known and its certificate was not sent$/,
  ],
  [
    "unknown issuer and wrong name",
    "wrong_name",
    { caCerts: OTHER_CA },
    /^the issuer \(.*\) is not known .* sent; the certificate is for elsewhere\.test, not for localhost$/,
  ],
  [
    "expired and wrong name",
    "expired",
    { serverName: "x.test" },
    /^the certificate expired .* ago; .*not for x\.test$/,
  ],
  [
    "names that only read like names of servers",
    "odd_names",
    {},
    /^the certificate is for a\.test,DNS:localhost, 127\.0\.0\.1 as a DNS name, 2001:db8::1, 10\.0\.0\.1, not for localhost$/,
  ],
  [
    "a DNS name that reads like an address",
    "odd_names",
    { serverName: "127.0.0.1" },
    /not for 127\.0\.0\.1$/,
  ],
  ["signed with SHA-1", "sha1", {}, /^the certificate is signed with SHA-1$/],
  ["an authority's", "authority", {}, /^the certificate is that of an authority, not of a server$/],
  [
    "an authority's that is trusted itself",
    "authority",
    { caCerts: [fixture("authority.pem")] },
    undefined,
  ],
  ["for clients", "not_for_servers", {}, /^the certificate is not for servers, by its extended key usage$/],
  [
    "not signed by the authority that it names",
    "forged",
    {},
    /^the certificate is not signed with the key of its issuer \(O=sonde tests, CN=sonde test CA\)$/,
  ],
  [
    "signed by a server",
    "leads_wrong",
    {},
    /^the issuer's certificate \(CN=no authority\) is not that of an authority$/,
  ],
  ["certificates in another order", "long_way", {}, undefined],
];

for (const [title, certificate, request, reason] of VERDICTS) {
  Deno.test(`dial() judges certificates: ${title}`, async () => {
    await using peer = await startPeer([{ send: "in" }], { tls: { certificate } });
    const tls = { ...TLS, ...request };
    const refused = await dialPeer(peer, { tls });
    refused.connection?.close();
    assertEquals(refused.tls?.verified, reason === undefined);
    assert(refused.tls?.certificate);
    if (reason === undefined) {
      assertEquals([refused.error, refused.tls.verifyError], [undefined, undefined]);
    } else {
      assertMatch(refused.tls.verifyError ?? "", reason);
      assertEquals(refused.error, {
        kind: "certificate",
        phase: "tls",
        by: "target",
        message: `Cannot trust the server at 127.0.0.1:${peer.port}: ${refused.tls.verifyError}`,
      });
      assertEquals(refused.connection, undefined);
    }
    const { connection, ...accepted } = await dialPeer(peer, { tls: { ...tls, verify: false } });
    assert(connection);
    assertEquals(accepted.tls, refused.tls);
    assertEquals(connection.tls, accepted.tls);
    assertEquals(await readAll(connection), ["in", "close-notify"]);
    connection.close();
  });
}

Deno.test("dial() names an untrusted root that the server sent", async () => {
  await using peer = await startPeer([{ stall: true }], {
    tls: { certificate: "good", sendsAuthority: true },
  });
  const { tls } = await dialPeer(peer, { tls: { ...TLS, caCerts: OTHER_CA } });
  assertEquals(
    tls?.verifyError,
    "the chain ends in a root that is not trusted (O=sonde tests, CN=sonde test CA)",
  );
  assertEquals(tls?.certificate?.chainLength, 2);
});

Deno.test("dial() counts the chain in any order of certificates", async () => {
  await using peer = await startPeer([{ stall: true }], { tls: { certificate: "long_way" } });
  const { tls, connection } = await dialPeer(peer, { tls: TLS });
  connection?.close();
  assertEquals(tls?.certificate?.chainLength, 3);
});

Deno.test("dial() does not mistake an unrelated certificate for an issuer", async () => {
  await using peer = await startPeer([{ stall: true }], {
    tls: { certificate: "self_signed", sendsAuthority: true },
  });
  const { tls } = await dialPeer(peer, { tls: TLS });
  assertEquals(tls?.verifyError, "the certificate is self-signed (CN=localhost)");
  assertEquals(tls?.certificate?.chainLength, 1);
});

Deno.test("dial() reads the facts of a certificate", async () => {
  await using peer = await startPeer([{ stall: true }], {
    tls: { certificate: "expired", version: "TLSv1.2" },
  });
  const { tls } = await dialPeer(peer, { tls: TLS });
  assert(tls?.certificate);
  const { daysLeft, fingerprint256, serial, issuers, ...certificate } = tls.certificate;
  const [root, ...others] = issuers ?? [];
  assertEquals([root?.subject, root?.notAfter], ["O=sonde tests, CN=sonde test CA", "2120-01-01T00:00:00Z"]);
  assertEquals([root?.daysLeft, others], [Math.floor((Date.UTC(2120, 0, 1) - Date.now()) / 86_400_000), []]);
  assertEquals(certificate, {
    subject: "CN=localhost",
    issuer: "O=sonde tests, CN=sonde test CA",
    names: ["localhost", "*.wild.test", "127.0.0.1", "::1"],
    notBefore: "2020-01-01T00:00:00Z",
    notAfter: "2020-02-01T00:00:00Z",
    chainLength: 2,
  });
  assertEquals(daysLeft, Math.floor((Date.UTC(2020, 1, 1) - Date.now()) / 86_400_000));
  const pem = fixture("expired.pem").replace(/-----[A-Z ]+-----|\s/g, "");
  const digest = await crypto.subtle.digest(
    "SHA-256",
    Uint8Array.from(atob(pem), (unit) => unit.charCodeAt(0)),
  );
  assertEquals(fingerprint256, new Uint8Array(digest).toHex());
  assertMatch(serial, /^[0-9A-F]+$/);
  assertEquals(tls.version, "TLSv1.2");
  assertMatch(tls.cipher ?? "", /^TLS_ECDHE_ECDSA_WITH_/);
});

const ALPN: readonly (readonly [offered: string[], chosen: string | null])[] = [
  [[], null],
  [["http/1.1"], "http/1.1"],
  [["http/1.1", "h2"], "h2"],
];

for (const [offered, chosen] of ALPN) {
  Deno.test(`dial() offers [${offered}] by ALPN, and the server chooses ${chosen}`, async () => {
    await using peer = await startPeer([{ stall: true }], {
      tls: { certificate: "good", alpn: ["h2", "http/1.1"] },
    });
    using connection = await connectTo(peer, { tls: { ...TLS, alpn: offered } });
    assertEquals(connection.tls?.alpn, chosen);
  });
}

for (
  const [serverName, sni] of [["localhost", "localhost"], ["x.test.", "x.test"], ["127.0.0.1", ""], [
    "::1",
    "",
  ]] as const
) {
  Deno.test(`dial() sends "${sni}" as SNI for ${serverName}`, async () => {
    await using peer = await startPeer([{ expect: 100 }, { rst: true }]);
    await dialPeer(peer, { tls: { ...TLS, serverName } });
    const hello = peer.connections[0]?.received ?? "";
    if (sni === "") assertEquals(/localhost|127\.0\.0\.1|::1/.test(hello), false);
    // RFC 6066 §3: a list of one entry of type 0, each with its length before it.
    else {assertStringIncludes(
        hello,
        `\x00${String.fromCharCode(sni.length + 3)}\x00\x00${String.fromCharCode(sni.length)}${sni}`,
      );}
  });
}

for (const version of ["TLSv1.2", "TLSv1.3"] as const) {
  Deno.test(`dial() shows its certificate to a ${version} server that asks for one`, async () => {
    await using peer = await startPeer([{ expect: "go" }, { send: "welcome" }], {
      tls: { certificate: "good", askClient: true, version },
    });
    const tls = { ...TLS, cert: fixture("client.pem"), key: fixture("client.key") };
    using connection = await connectTo(peer, { tls });
    await connection.write(ascii("go"));
    assertEquals(await readAll(connection), ["welcome", "close-notify"]);
    assertEquals(peer.connections[0]?.clientName, "a client");
  });
}

Deno.test("dial() reads certificate and key from one PEM text", async (test) => {
  const both = `Bag Attributes\n${fixture("client.pem")}\n${fixture("client.key")}`;
  await stepRows(test, [{ ...TLS, cert: both }, { ...TLS, cert: both, key: both }], async (tls) => {
    await using peer = await startPeer([{ expect: "go" }, { send: "welcome" }], {
      tls: { certificate: "good", askClient: true },
    });
    using connection = await connectTo(peer, { tls });
    await connection.write(ascii("go"));
    assertEquals(await readAll(connection), ["welcome", "close-notify"]);
    assertEquals(peer.connections[0]?.clientName, "a client");
  });
});

Deno.test("dial() to a closed port never reaches the handshake", async () => {
  await using peer = await startPeer([]);
  const { error, timings } = await dialPeer(peer, { host: "127.0.0.2", tls: TLS });
  assertEquals([error?.kind, error?.phase, timings.tls], ["refused", "connect", undefined]);
});
