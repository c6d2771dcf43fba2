import type { Script } from "../peer/peer.ts";
import { type Fault, REQUEST, STALL } from "./_fault.ts";

/** It speaks first, whatever it is asked. */
function greets(greeting: string): Script {
  return [{ send: greeting }, STALL];
}

const NO_HTTP = { error: "syntax head target", deviations: ["not-http"], end: "us closed" } as const;

/** Servers of something else than HTTP/1. */
export const PROTOCOL_FAULTS: readonly Fault[] = [
  { does: "speaks SSH", peer: greets("SSH-2.0-OpenSSH_9.2p1\r\n"), verdict: NO_HTTP },
  { does: "speaks SMTP", peer: greets("220 mail.example ESMTP\r\n"), verdict: NO_HTTP },
  { does: "speaks FTP, in several lines", peer: greets("220-Welcome\r\n220 Ready\r\n"), verdict: NO_HTTP },
  {
    does: "speaks Redis",
    peer: [REQUEST, { send: "-ERR unknown command 'GET'\r\n" }, STALL],
    verdict: NO_HTTP,
  },
  { does: "speaks MySQL", peer: greets("J\x00\x00\x00\x0a8.0.36\x00\x0b\x00\x00\x00"), verdict: NO_HTTP },
  {
    does: "speaks HTTP/2 only (a SETTINGS frame)",
    peer: [REQUEST, { send: "\x00\x00\x00\x04\x00\x00\x00\x00\x00" }, STALL],
    verdict: NO_HTTP,
  },
  {
    does: "speaks HTTP/2 as a client does (the preface)",
    peer: [REQUEST, { send: "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" }, STALL],
    verdict: NO_HTTP,
  },
  {
    does: "speaks TLS only, and answers plain HTTP with an alert",
    peer: [REQUEST, { send: "\x15\x03\x01\x00\x02\x02\x46" }],
    verdict: { ...NO_HTTP },
  },
  {
    does: "speaks RTSP",
    peer: [REQUEST, { send: "RTSP/1.0 400 Bad Request\r\n\r\n" }, STALL],
    verdict: NO_HTTP,
  },
  { does: "speaks SHOUTcast", peer: [REQUEST, { send: "ICY 200 OK\r\n\r\n" }, STALL], verdict: NO_HTTP },
  {
    does: "speaks HTTP/0.9: a page without a head",
    peer: [REQUEST, { send: "<html><body>hi</body></html>" }],
    verdict: NO_HTTP,
  },
  {
    does: "sends an endless stream of octets that are no HTTP",
    peer: [REQUEST, { flood: 256 * 1024 * 1024 }, STALL],
    verdict: NO_HTTP,
  },
  { does: "sends NUL octets", peer: [REQUEST, { send: "\0".repeat(64) }, STALL], verdict: NO_HTTP },
];
