/**
 * Turns an error of the system, of Deno or of `node:` modules into a {@linkcode ProbeError}; the only place that does.
 *
 * @module
 */

import type { ErrorKind, Fault, Phase, ProbeError } from "../../result.ts";
import { explainTls, readAlert } from "./explain_tls.ts";
import { TlsFault } from "./tls_fault.ts";
import { withoutUndefined } from "../../without_undefined.ts";

type Verdict = readonly [kind: ErrorKind, by: Fault, text: string];

/** Error codes of the system and of the resolver (errno, getaddrinfo), with kind, fault and text. */
const CODES: Readonly<Record<string, Verdict>> = {
  ENOTFOUND: ["resolve", "target", "the name does not exist"],
  ENODATA: ["resolve", "target", "the name has no address"],
  EAI_NONAME: ["resolve", "target", "the name does not exist"],
  EAI_NODATA: ["resolve", "target", "the name has no address"],
  EAI_ADDRFAMILY: ["resolve", "target", "the name has no address of this family"],
  EAI_AGAIN: ["resolve", "network", "no name server answered, or only that it failed"],
  EAI_FAIL: ["resolve", "network", "the name server failed"],
  ESERVFAIL: ["resolve", "network", "the name server failed"],
  EAI_MEMORY: ["resource", "local", "out of memory"],
  EAI_SYSTEM: ["resource", "local", "the resolver had an error of the system"],
  ECONNREFUSED: ["refused", "target", "connection refused"],
  ENOENT: ["refused", "target", "the socket does not exist"],
  ENOTSOCK: ["refused", "target", "the file is not a socket"],
  EHOSTUNREACH: ["unreachable", "network", "no route to the host"],
  ENETUNREACH: ["unreachable", "network", "the network is unreachable"],
  EHOSTDOWN: ["unreachable", "network", "the host is down"],
  ENETDOWN: ["unreachable", "network", "the network is down"],
  ENONET: ["unreachable", "network", "the host is isolated from the network"],
  EOPNOTSUPP: ["unreachable", "network", "a router refuses the route"],
  EPROTO: ["unreachable", "network", "a router could not process the packet"],
  ENOPROTOOPT: ["refused", "target", "the host does not speak TCP"],
  EAFNOSUPPORT: ["unreachable", "local", "this machine does not support the address family"],
  ETIMEDOUT: ["timeout", "network", "no answer came before the system gave up"],
  ECONNRESET: ["reset", "target", "the connection was reset"],
  ECONNABORTED: ["reset", "target", "the connection was aborted"],
  ENETRESET: ["reset", "network", "the network dropped the connection"],
  EPIPE: ["closed", "target", "the peer has closed the connection"],
  ENOTCONN: ["closed", "target", "the connection is closed"],
  EMFILE: ["resource", "local", "this process is out of file descriptors"],
  ENFILE: ["resource", "local", "this machine is out of file descriptors"],
  EADDRNOTAVAIL: ["resource", "local", "no local address or port is free"],
  EADDRINUSE: ["resource", "local", "the local address is in use"],
  ENOBUFS: ["resource", "local", "no buffer space is free for sockets"],
  ENOMEM: ["resource", "local", "out of memory"],
  EAGAIN: ["resource", "local", "a resource is exhausted for now"],
  EACCES: ["permission", "local", "the system does not permit it"],
  EPERM: ["permission", "local", "the system does not permit it"],
  EINTR: ["aborted", "local", "interrupted"],
  ECANCELED: ["aborted", "local", "cancelled"],
  ENAMETOOLONG: ["usage", "local", "the path is too long"],
};

/** Errors of Deno that have no code. */
const NAMES: Readonly<Record<string, Verdict>> = {
  NotCapable: ["permission", "local", "a permission is missing"],
  PermissionDenied: CODES.EACCES as Verdict,
  ConnectionRefused: CODES.ECONNREFUSED as Verdict,
  ConnectionReset: CODES.ECONNRESET as Verdict,
  ConnectionAborted: CODES.ECONNABORTED as Verdict,
  BrokenPipe: CODES.EPIPE as Verdict,
  NotConnected: CODES.ENOTCONN as Verdict,
  NetworkUnreachable: CODES.ENETUNREACH as Verdict,
  AddrNotAvailable: CODES.EADDRNOTAVAIL as Verdict,
  AddrInUse: CODES.EADDRINUSE as Verdict,
  TimedOut: CODES.ETIMEDOUT as Verdict,
  NotFound: CODES.ENOENT as Verdict,
  WouldBlock: CODES.EAGAIN as Verdict,
  Interrupted: CODES.EINTR as Verdict,
  AbortError: ["aborted", "local", "aborted"],
};

/**
 * Messages of `Deno.connect` that have neither name nor code: failed lookups (gai_strerror of glibc and others) and
 * rare ICMP messages (strerror).
 */
const MESSAGES: readonly (readonly [pattern: RegExp, verdict: Verdict])[] = [
  [/Temporary failure in name resolution/i, CODES.EAI_AGAIN as Verdict],
  [/Non-recoverable failure in name resolution/i, CODES.EAI_FAIL as Verdict],
  [/Name or service not known|nodename nor servname|No such host is known/i, CODES.ENOTFOUND as Verdict],
  [/No address associated with hostname|Name does not resolve/i, CODES.ENODATA as Verdict],
  [/Address family for hostname not supported/i, CODES.EAI_ADDRFAMILY as Verdict],
  [/failed to lookup address information/i, ["resolve", "network", "the lookup failed"]],
  [/^Host is down/i, CODES.EHOSTDOWN as Verdict],
  [/^Machine is not on the network/i, CODES.ENONET as Verdict],
  [/^Protocol not available/i, CODES.ENOPROTOOPT as Verdict],
  [/^Protocol error/i, CODES.EPROTO as Verdict],
  [/^Operation not supported/i, CODES.EOPNOTSUPP as Verdict],
  [/path must be shorter than SUN_LEN/i, CODES.ENAMETOOLONG as Verdict],
];

/**
 * Classifies an error: kind, fault and message.
 *
 * @param error The value that was thrown or emitted.
 * @param phase The phase that the exchange had reached.
 * @param doing The action, worded to follow "Cannot": `connect to 127.0.0.1:80`.
 * @returns The error as data; `internal` if it is unknown.
 */
export function classifyError(error: unknown, phase: Phase, doing: string): ProbeError {
  // Octets of the peer caused it, whatever its code is: errors of the system never have this class.
  if (error instanceof TlsFault) return tlsError(error.message, phase, doing);
  const name = error instanceof Error ? error.name : "";
  const text = error instanceof Error ? error.message : String(error);
  const code = codeOf(error);
  const verdict = CODES[code] ?? NAMES[name] ?? MESSAGES.find(([pattern]) => pattern.test(text))?.[1];
  if (verdict === undefined) {
    return { kind: "internal", phase, by: "local", message: `Cannot ${doing}: ${name || "Error"}: ${text}` };
  }
  const [kind, by, why] = verdict;
  return { kind, phase, by, message: `Cannot ${doing}: ${why}${code === "" ? "" : ` (${code})`}` };
}

function tlsError(text: string, phase: Phase, doing: string): ProbeError {
  const alert = readAlert(text);
  const message = `Cannot ${doing}: ${explainTls(text)}`;
  return withoutUndefined({ kind: "tls", phase, by: "target", message, alert });
}

/** Gives the code of an error of the system or of `node:`, as `ECONNRESET`; an empty string if it has no code. */
export function codeOf(error: unknown): string {
  const { code, errno } = error instanceof Error ? error as Error & { code?: unknown; errno?: unknown } : {};
  if (typeof code !== "string") return "";
  // `node:dns` gives a name without addresses the code of one that does not exist, and the number of `EAI_NODATA` in libuv.
  return code === "ENOTFOUND" && errno === -3007 ? "EAI_NODATA" : code;
}

/**
 * Makes the error for a missing permission.
 *
 * @param flags The flags that grant it, as `--allow-net=example.com:443`.
 * @param because The reason why no narrower flag is enough.
 */
export function missingPermission(
  phase: Phase,
  doing: string,
  flags: readonly string[],
  because?: string,
): ProbeError {
  return {
    kind: "permission",
    phase,
    by: "local",
    message: `Cannot ${doing}: this needs ${flags.join(" ")}${
      because === undefined ? "" : `, because ${because}`
    }`,
    grant: [...flags],
  };
}
