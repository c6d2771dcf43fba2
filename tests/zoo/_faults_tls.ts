import type { PeerTls, Script } from "../peer/peer.ts";
import { type Fault, OK, REQUEST, says, saysLast, STALL, type Verdict, WAITS } from "./_fault.ts";

const GOOD: PeerTls = { certificate: "good" };
/** Number of octets that every ClientHello exceeds. */
const HELLO = { expect: 100 } as const;
const UNTRUSTED: Verdict = { error: "certificate tls target" };
const NO_TLS: Verdict = { error: "tls tls target" };
/** The head of a TLS record of 16 KiB of the handshake. */
const RECORD = "\x16\x03\x03\x40\x00";

/** A server that runs a script instead of the handshake. */
function instead(does: string, script: Script, verdict: Verdict, options: Fault["options"] = {}): Fault {
  return { does, scheme: "https", peer: [HELLO, ...script], options, verdict };
}

function certificate(does: string, name: PeerTls["certificate"]): Fault {
  return { does, tls: { certificate: name }, peer: says(OK), verdict: UNTRUSTED };
}

/** Faults of TLS. */
export const TLS_FAULTS: readonly Fault[] = [
  instead("speaks plain HTTP on a port for TLS", [{ send: "HTTP/1.1 400 Bad Request\r\n\r\n" }], NO_TLS),
  instead("speaks SSH on a port for TLS", [{ send: "SSH-2.0-OpenSSH_9.2p1\r\n" }, STALL], NO_TLS),
  {
    does: "speaks TLS and hangs up when asked in plain HTTP",
    scheme: "http",
    tls: GOOD,
    peer: says(OK),
    verdict: { error: "closed wait target", deviations: ["empty-reply"], end: "peer fin" },
  },
  instead("ends the handshake with an alert", [{ sendRaw: "\x15\x03\x03\x00\x02\x02\x28" }, STALL], NO_TLS),
  instead("closes in the handshake", [{ fin: true }, STALL], { error: "closed tls target" }),
  instead("resets the connection in the handshake", [{ rst: true }], { error: "reset tls target" }),
  instead("says nothing in the handshake", [STALL], { error: "timeout tls target" }, WAITS),
  instead("stops in the middle of a record of the handshake", [{ sendRaw: RECORD }, STALL], {
    error: "timeout tls target",
  }, WAITS),
  instead(
    "sends a handshake octet by octet and takes its time",
    [{ drip: RECORD + "\0".repeat(1000), every: 20 }, STALL],
    { error: "timeout tls target" },
    WAITS,
  ),
  instead("sends octets without end in place of a handshake", [{ flood: 256 * 1024 * 1024 }], NO_TLS),
  {
    does: "is silent before the handshake even if it would speak TLS",
    scheme: "https",
    peer: [{ deaf: true }, STALL],
    options: { ...WAITS, connectTimeout: 300 },
    verdict: { error: "timeout tls target" },
  },
  certificate("shows a certificate that has expired", "expired"),
  certificate("shows a certificate that is not valid yet", "not_yet_valid"),
  certificate("shows a certificate for another name", "wrong_name"),
  certificate("shows a certificate that it signed itself", "self_signed"),
  {
    does: "shows a certificate of an unknown authority",
    tls: GOOD,
    peer: says(OK),
    options: { caCerts: [] },
    verdict: UNTRUSTED,
  },
  {
    does: "hangs up because the client shows no certificate",
    tls: { ...GOOD, askClient: true },
    peer: says(OK),
    verdict: {
      error: "closed wait target",
      deviations: ["tls-truncated", "empty-reply"],
      end: "peer tls-truncated",
    },
  },
  instead(
    "speaks HTTP/2 only (an alert about ALPN)",
    [{ sendRaw: "\x15\x03\x03\x00\x02\x02\x78" }, STALL],
    NO_TLS,
  ),
  {
    does: "closes TLS properly in place of an answer",
    tls: GOOD,
    peer: [REQUEST],
    verdict: { error: "closed wait target", deviations: ["empty-reply"], end: "peer close-notify" },
  },
  {
    does: "never answers over TLS",
    tls: GOOD,
    peer: [REQUEST, STALL],
    options: WAITS,
    verdict: { error: "timeout wait target", end: "us closed" },
  },
  {
    does: "resets the connection over TLS in place of an answer",
    tls: GOOD,
    peer: [REQUEST, { rst: true }],
    verdict: { error: "reset wait target", end: "peer rst" },
  },
  {
    does: "stops in the middle of the content over TLS",
    tls: GOOD,
    peer: says("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhi"),
    options: WAITS,
    verdict: { error: "timeout body target", status: 200, end: "us closed" },
  },
  {
    does: "stops in the middle of a record of the content",
    tls: GOOD,
    peer: [REQUEST, { send: "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhi" }, { pause: 20 }, {
      sendRaw: "\x17\x03\x03\x40\x00",
    }, STALL],
    options: WAITS,
    verdict: { error: "timeout body target", status: 200, end: "us closed" },
  },
  {
    does: "cuts TLS without close_notify after a whole answer",
    tls: GOOD,
    peer: [REQUEST, { send: "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi" }, {
      cut: true,
    }, STALL],
    conn: "no honoured",
    verdict: { status: 200, deviations: ["tls-truncated"], end: "peer tls-truncated" },
  },
  {
    does: "cuts TLS without close_notify in an answer that only the end completes",
    tls: GOOD,
    peer: [REQUEST, { send: "HTTP/1.1 200 OK\r\n\r\nhi" }, { cut: true }, STALL],
    verdict: {
      error: "truncated body target",
      status: 200,
      deviations: ["close-delimited", "tls-truncated"],
      end: "peer tls-truncated",
    },
  },
  {
    does: "sends close_notify and keeps the TCP connection",
    tls: GOOD,
    peer: [REQUEST, { send: "HTTP/1.1 200 OK\r\n\r\nhi" }, { closeNotify: true }, STALL],
    conn: "no honoured",
    verdict: { status: 200, deviations: ["close-delimited"], end: "peer close-notify" },
  },
  {
    does: "resets the connection in the middle of TLS",
    tls: GOOD,
    peer: [REQUEST, { send: "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhi" }, { pause: 20 }, {
      rst: true,
    }],
    verdict: { error: "reset body target", status: 200, end: "peer rst" },
  },
  {
    does: "sends garbage below TLS in the middle of the content",
    tls: GOOD,
    peer: [REQUEST, { send: "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhi" }, { pause: 20 }, {
      sendRaw: "\x17\x03\x03\x00\x20" + "?".repeat(32),
    }, STALL],
    verdict: { error: "tls body target", status: 200, end: "us closed" },
  },
  {
    does: "closes over TLS without having announced it",
    tls: GOOD,
    peer: saysLast(OK),
    conn: "lie silent",
    verdict: { status: 200, deviations: ["connection-lie"], end: "peer close-notify" },
  },
];
