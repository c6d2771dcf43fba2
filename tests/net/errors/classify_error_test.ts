import { assertEquals, assertMatch } from "@std/assert";
import { classifyError } from "../../../lib/net/errors/classify_error.ts";
import { TlsFault } from "../../../lib/net/errors/tls_fault.ts";
import type { ErrorKind, Fault } from "../../../lib/result.ts";

/** An error as the system, Deno and `node:` modules shape it. */
function shaped(name: string, message: string, code?: string): Error {
  return Object.assign(new Error(message), { name, ...(code !== undefined && { code }) });
}

/** An error of `node:tls` on a connection. */
function tlsFault(name: string, message: string, code?: string): TlsFault {
  return new TlsFault(shaped(name, message, code));
}

/** The name exists but has no address: the code and the number differ. */
const NO_DATA = Object.assign(shaped("Error", "getaddrinfo ENOTFOUND y", "ENOTFOUND"), { errno: -3007 });

const ROWS: readonly (readonly [error: unknown, kind: ErrorKind, by: Fault, text: string])[] = [
  [
    shaped("Error", "getaddrinfo ENOTFOUND x", "ENOTFOUND"),
    "resolve",
    "target",
    "the name does not exist (ENOTFOUND)",
  ],
  [NO_DATA, "resolve", "target", "the name has no address (EAI_NODATA)"],
  [
    shaped("Error", "Protocol not available (os error 92)"),
    "refused",
    "target",
    "the host does not speak TCP",
  ],
  [
    shaped("Error", "Machine is not on the network (os error 64)"),
    "unreachable",
    "network",
    "the host is isolated from the network",
  ],
  [shaped("Error", "Host is down (os error 112)"), "unreachable", "network", "the host is down"],
  [
    shaped("Error", "Operation not supported (os error 95)"),
    "unreachable",
    "network",
    "a router refuses the route",
  ],
  [
    shaped("Error", "Protocol error (os error 71)"),
    "unreachable",
    "network",
    "a router could not process the packet",
  ],
  [
    shaped("Error", "failed to lookup address information: Name or service not known"),
    "resolve",
    "target",
    "the name does not exist",
  ],
  [
    shaped("Error", "failed to lookup address information: No address associated with hostname"),
    "resolve",
    "target",
    "the name has no address",
  ],
  [
    shaped("Error", "getaddrinfo EAI_AGAIN x", "EAI_AGAIN"),
    "resolve",
    "network",
    "no name server answered, or only that it failed (EAI_AGAIN)",
  ],
  [
    shaped("Error", "failed to lookup address information: Temporary failure in name resolution"),
    "resolve",
    "network",
    "no name server answered, or only that it failed",
  ],
  [shaped("Error", "failed to lookup address information: what?"), "resolve", "network", "the lookup failed"],
  [
    shaped("Error", "queryA ESERVFAIL x", "ESERVFAIL"),
    "resolve",
    "network",
    "the name server failed (ESERVFAIL)",
  ],
  [
    shaped("ConnectionRefused", "Connection refused (os error 111)", "ECONNREFUSED"),
    "refused",
    "target",
    "connection refused (ECONNREFUSED)",
  ],
  [shaped("ConnectionRefused", "Connection refused"), "refused", "target", "connection refused"],
  [
    shaped("NotFound", "No such file or directory (os error 2)", "ENOENT"),
    "refused",
    "target",
    "the socket does not exist (ENOENT)",
  ],
  [
    shaped("Error", "No route to host (os error 113)", "EHOSTUNREACH"),
    "unreachable",
    "network",
    "no route to the host (EHOSTUNREACH)",
  ],
  [
    shaped("NetworkUnreachable", "x", "ENETUNREACH"),
    "unreachable",
    "network",
    "the network is unreachable (ENETUNREACH)",
  ],
  [
    shaped("Error", "x", "EAFNOSUPPORT"),
    "unreachable",
    "local",
    "this machine does not support the address family (EAFNOSUPPORT)",
  ],
  [
    shaped("TimedOut", "Connection timed out (os error 110)", "ETIMEDOUT"),
    "timeout",
    "network",
    "no answer came before the system gave up (ETIMEDOUT)",
  ],
  [shaped("ConnectionReset", "x", "ECONNRESET"), "reset", "target", "the connection was reset (ECONNRESET)"],
  [shaped("BrokenPipe", "x", "EPIPE"), "closed", "target", "the peer has closed the connection (EPIPE)"],
  [
    shaped("Error", "Too many open files (os error 24)", "EMFILE"),
    "resource",
    "local",
    "this process is out of file descriptors (EMFILE)",
  ],
  [shaped("Error", "x", "ENFILE"), "resource", "local", "this machine is out of file descriptors (ENFILE)"],
  [
    shaped("AddrNotAvailable", "x", "EADDRNOTAVAIL"),
    "resource",
    "local",
    "no local address or port is free (EADDRNOTAVAIL)",
  ],
  [shaped("Error", "x", "ENOBUFS"), "resource", "local", "no buffer space is free for sockets (ENOBUFS)"],
  [shaped("Error", "x", "ENOMEM"), "resource", "local", "out of memory (ENOMEM)"],
  [shaped("WouldBlock", "x", "EAGAIN"), "resource", "local", "a resource is exhausted for now (EAGAIN)"],
  [shaped("NotCapable", 'Requires net access to "x:1"'), "permission", "local", "a permission is missing"],
  [
    shaped("PermissionDenied", "x", "EACCES"),
    "permission",
    "local",
    "the system does not permit it (EACCES)",
  ],
  [shaped("AbortError", "x"), "aborted", "local", "aborted"],
  [
    tlsFault("Error", "received fatal alert: HandshakeFailure", "ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE"),
    "tls",
    "target",
    "the server sent the TLS alert handshake_failure",
  ],
  [
    tlsFault("Error", "received fatal alert: UnrecognisedName", "ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE"),
    "tls",
    "target",
    "the server sent the TLS alert unrecognized_name",
  ],
  [
    tlsFault("Error", "received fatal alert: UnknownCA", "ERR_SSL_TLSV1_ALERT_UNKNOWN_CA"),
    "tls",
    "target",
    "the server sent the TLS alert unknown_ca",
  ],
  [
    tlsFault("Error", "cannot decrypt peer's message", "ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE"),
    "tls",
    "target",
    "a record that cannot be decrypted came",
  ],
  [shaped("Error", "x", "EHOSTDOWN"), "unreachable", "network", "the host is down (EHOSTDOWN)"],
  [tlsFault("Error", "something new", "ERR_SSL_NEW"), "tls", "target", "something new"],
  // Codes of the system and none at all: what the TLS layer says of a peer is never a fault of ours.
  [
    tlsFault("Error", "self-signed certificate", "DEPTH_ZERO_SELF_SIGNED_CERT"),
    "tls",
    "target",
    "self-signed certificate",
  ],
  [tlsFault("Error", "something new", "ECONNRESET"), "tls", "target", "something new"],
  [tlsFault("TypeError", "x is undefined"), "tls", "target", "x is undefined"],
  [
    tlsFault(
      "Error",
      "received unexpected handshake message: got HandshakeType(0x82) when expecting ServerHello",
    ),
    "tls",
    "target",
    "a TLS message came out of turn: message 130 instead of ServerHello",
  ],
  [
    tlsFault("Error", "peer misbehaved: SelectedUnofferedCipherSuite", "ERR_SSL_X"),
    "tls",
    "target",
    "the server broke a rule of TLS: selected unoffered cipher suite",
  ],
  [
    tlsFault("Error", "peer is incompatible: NoEcPointFormatsInCommon", "ERR_SSL_X"),
    "tls",
    "target",
    "the server and this TLS stack have nothing in common: no ec point formats in common",
  ],
  [shaped("TypeError", "x is undefined"), "internal", "local", "TypeError: x is undefined"],
  ["a string", "internal", "local", "Error: a string"],
];

for (const [error, kind, by, text] of ROWS) {
  Deno.test({
    name: `classifyError() classifies "${
      error instanceof Error ? error.message : error
    }" as ${kind}: ${text}`,
    permissions: "none",
    fn: () => {
      const message = `Cannot read from 127.0.0.1:80: ${text}`;
      const alert = /the TLS alert (\w+)$/.exec(text)?.[1];
      assertEquals(classifyError(error, "wait", "read from 127.0.0.1:80"), {
        kind,
        phase: "wait",
        by,
        message,
        ...(alert !== undefined && { alert }),
      });
    },
  });
}

/** Connects until there are no descriptors left, and then looks up a name. Prints both errors. */
const EXHAUST = `
import { Deadline } from "${new URL("../../../lib/net/deadline.ts", import.meta.url)}";
import { dial } from "${new URL("../../../lib/net/dial/dial.ts", import.meta.url)}";
const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
using deadline = new Deadline({ maxTime: 10_000 });
const errors = [];
for (const host of ["127.0.0.1", "localhost"]) {
  let error;
  while (error === undefined) ({ error } = await dial({ host, port: listener.addr.port }, deadline));
  errors.push([error.kind, error.by, error.message]);
}
console.log(JSON.stringify(errors));
Deno.exit();
`;

Deno.test("dial() does not blame the target if the process has no file descriptors left", async () => {
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    await Deno.writeTextFile(file, EXHAUST);
    // What coverage is written to needs descriptors as well.
    const run =
      `unset DENO_COVERAGE_DIR; ulimit -n 64; exec "$0" run --quiet --no-config --no-lock --no-prompt --allow-net "$1"`;
    const command = new Deno.Command("sh", { args: ["-c", run, Deno.execPath(), file] });
    const { stdout, stderr } = await command.output();
    assertEquals(new TextDecoder().decode(stderr), "");
    const [connect, lookup] = JSON.parse(new TextDecoder().decode(stdout));
    assertEquals([connect[0], connect[1]], ["resource", "local"]);
    assertMatch(
      connect[2],
      /^Cannot connect to 127\.0\.0\.1:\d+: this process is out of file descriptors \(EMFILE\)$/,
    );
    assertEquals([lookup[0], lookup[1]], ["resource", "local"]);
    assertMatch(lookup[2], /out of file descriptors/);
  } finally {
    await Deno.remove(file);
  }
});
