import { assertEquals } from "@std/assert";
import { connectError } from "../../../lib/net/errors/connect_error.ts";
import type { SocketAddress } from "../../../lib/net/dial/open_socket.ts";
import type { ErrorKind, Fault } from "../../../lib/result.ts";

/** An error as `Deno.connect()` throws it. */
function shaped(name: string, code?: string, message = "x"): Error {
  return Object.assign(new Error(message), { name, ...(code !== undefined && { code }) });
}

const NO_NAME = shaped(
  "Error",
  undefined,
  "failed to lookup address information: Name or service not known",
);

const ROWS: readonly (readonly [SocketAddress, Error, ErrorKind, Fault, text: string])[] = [
  [
    { hostname: "192.0.2.1", port: 80 },
    shaped("PermissionDenied", "EACCES"),
    "unreachable",
    "network",
    "a firewall or a route prohibits it (EACCES)",
  ],
  [
    { path: "/s" },
    shaped("PermissionDenied", "EACCES"),
    "permission",
    "local",
    "the system does not permit it (EACCES)",
  ],
  [
    { hostname: "::1", port: 80 },
    shaped("AddrNotAvailable", "EADDRNOTAVAIL"),
    "resource",
    "local",
    "no local address or port is free (EADDRNOTAVAIL)",
  ],
  [
    { hostname: "192.0.2.1", port: 80 },
    shaped("PermissionDenied", "EPERM"),
    "permission",
    "local",
    "the system does not permit it (EPERM)",
  ],
  [
    { hostname: "192.0.2.1", port: 80 },
    shaped("TypeError", "EINVAL"),
    "unreachable",
    "network",
    "the system has no route to it; perhaps a blackhole route (EINVAL)",
  ],
  [
    { hostname: "fe80::1%eth0", port: 80 },
    shaped("TypeError", "EINVAL"),
    "unreachable",
    "network",
    "the system has no route to it; perhaps a blackhole route (EINVAL)",
  ],
  [
    { hostname: "fe80::1", port: 80 },
    shaped("TypeError", "EINVAL"),
    "usage",
    "local",
    "a link-local address needs its zone, as in fe80::1%eth0 (EINVAL)",
  ],
  [
    { hostname: "fe80::1%none", port: 80 },
    NO_NAME,
    "usage",
    "local",
    "the zone none is no interface of this machine, or the address is none that has a zone",
  ],
  [{ hostname: "none.test", port: 80 }, NO_NAME, "resolve", "target", "the name does not exist"],
  [
    { hostname: "192.0.2.1", port: 80 },
    shaped("ConnectionRefused", "ECONNREFUSED"),
    "refused",
    "target",
    "connection refused (ECONNREFUSED)",
  ],
];

for (const [address, error, kind, by, text] of ROWS) {
  const target = "path" in address ? address.path : address.hostname;
  Deno.test({
    name: `connectError() classifies ${codeOrMessage(error)} of ${target} as ${kind}: ${text}`,
    permissions: "none",
    fn: () => {
      const message = `Cannot connect to it: ${text}`;
      assertEquals(connectError(error, address, "connect to it"), { kind, phase: "connect", by, message });
    },
  });
}

function codeOrMessage(error: Error): string {
  return "code" in error ? String(error.code) : error.message;
}
