import type { DeviationCode } from "../../lib/http/deviation.ts";
import type { Script } from "../peer/peer.ts";
import { type Fault, REQUEST, says, saysLast, STALL, type Verdict, WAITS } from "./_fault.ts";

const LINE = "HTTP/1.1 200 OK\r\n";
const END = "Content-Length: 2\r\n\r\nhi";

/** A head that is beyond repair: the reading ends, and so does the connection. */
function fatal(code: DeviationCode, status?: number): Verdict {
  return {
    error: "syntax head target",
    ...(status !== undefined && { status }),
    deviations: [code],
    end: "us closed",
  };
}

/** A head that breaks a rule and can be read all the same. */
function tolerated(code: DeviationCode): Verdict {
  return { status: 200, deviations: [code], end: "us open" };
}

function endless(line: string): Script {
  return [REQUEST, { send: LINE }, { repeat: 4_000, steps: [{ send: line.repeat(64) }] }];
}

/** Faults in the head of the answer. */
export const HEAD_FAULTS: readonly Fault[] = [
  {
    does: "stops in the middle of the status-line",
    peer: says("HTTP/1."),
    options: WAITS,
    verdict: { error: "timeout head target", end: "us closed" },
  },
  {
    does: "stops in the middle of a field",
    peer: says(`${LINE}Content-Le`),
    options: WAITS,
    verdict: { error: "timeout head target", status: 200, end: "us closed" },
  },
  {
    does: "sends its head octet by octet and takes its time",
    peer: [REQUEST, { drip: LINE + "X: y\r\n".repeat(100), every: 20 }, STALL],
    options: WAITS,
    verdict: { error: "timeout head target", status: 200, end: "us closed" },
  },
  {
    does: "closes in the middle of the status-line",
    peer: saysLast("HTTP/1.1 20"),
    verdict: { error: "truncated head target", deviations: ["truncated-head"], end: "peer fin" },
  },
  {
    does: "closes in the middle of a field",
    peer: saysLast(`${LINE}Content-Le`),
    verdict: { error: "truncated head target", status: 200, deviations: ["truncated-head"], end: "peer fin" },
  },
  {
    does: "resets the connection in the middle of the status-line",
    peer: [REQUEST, { send: "HTTP/1.1 20" }, { pause: 20 }, { rst: true }],
    verdict: { error: "reset head target", end: "peer rst" },
  },
  {
    does: "resets the connection in the middle of a field",
    peer: [REQUEST, { send: `${LINE}Content-Le` }, { pause: 20 }, { rst: true }],
    verdict: { error: "reset head target", status: 200, end: "peer rst" },
  },
  {
    does: "stops before the empty line of its head",
    peer: says(`${LINE}Content-Length: 2\r\n`),
    options: WAITS,
    verdict: { error: "timeout head target", status: 200, end: "us closed" },
  },
  {
    does: "sends field lines without end",
    peer: endless("X: y\r\n"),
    verdict: { error: "limit head target", status: 200, end: "us closed" },
  },
  {
    does: "sends one field value without end",
    peer: [REQUEST, { send: `${LINE}X: ` }, { flood: 256 * 1024 * 1024 }],
    verdict: { error: "limit head target", status: 200, end: "us closed" },
  },
  {
    does: "sends one status-line without end",
    peer: [REQUEST, { send: "HTTP/1.1 200 " }, { flood: 256 * 1024 * 1024 }],
    verdict: { error: "limit head target", end: "us closed" },
  },
  {
    does: "sends a field of 64 KiB",
    peer: says(`${LINE}X: ${"y".repeat(65_536)}\r\n${END}`),
    verdict: { error: "limit head target", status: 200, end: "us closed" },
  },
  {
    does: "sends a field of 64 KiB, which is permitted",
    peer: says(`${LINE}X: ${"y".repeat(65_536)}\r\n${END}`),
    options: { limits: { maxHead: 128 * 1024 } },
    conn: "limit head target",
    verdict: tolerated("large-head"),
  },
  {
    does: "sends 10,000 fields",
    peer: says(`${LINE}${"A: b\r\n".repeat(10_000)}${END}`),
    verdict: { error: "limit head target", status: 200, end: "us closed" },
  },
  {
    does: "sends interim responses without end",
    peer: [REQUEST, { repeat: 4_000, steps: [{ send: "HTTP/1.1 102 Wait\r\n\r\n".repeat(64) }] }],
    verdict: { error: "limit head target", end: "us closed" },
  },
  {
    does: "sends interim responses now and then, and never a final one",
    peer: [REQUEST, { repeat: 1_000, steps: [{ send: "HTTP/1.1 102 Wait\r\n\r\n" }, { pause: 50 }] }],
    options: WAITS,
    verdict: { error: "timeout head target", end: "us closed" },
  },
  {
    does: "sends an interim response, and no final one",
    peer: says("HTTP/1.1 100 Continue\r\n\r\n"),
    options: WAITS,
    verdict: { error: "timeout head target", end: "us closed" },
  },
  {
    does: "resets the connection after an interim response",
    peer: [REQUEST, { send: "HTTP/1.1 100 Continue\r\n\r\n" }, { pause: 20 }, { rst: true }],
    verdict: { error: "reset head target", end: "peer rst" },
  },
  {
    does: "closes after an interim response",
    peer: saysLast("HTTP/1.1 100 Continue\r\n\r\n"),
    verdict: { error: "truncated head target", deviations: ["truncated-head"], end: "peer fin" },
  },
  {
    does: "switches protocols without being asked to",
    peer: says("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"),
    conn: "unknown left-open",
    verdict: { status: 101, deviations: ["unsolicited-101"], end: "us open" },
  },
  {
    does: "ends lines with LF alone",
    peer: says(`HTTP/1.1 200 OK\nContent-Length: 2\n\nhi`),
    verdict: tolerated("bare-lf"),
  },
  {
    does: "has a CR in a field value",
    peer: says(`${LINE}X: a\rb\r\n${END}`),
    verdict: fatal("bare-cr", 200),
  },
  {
    does: "has a NUL in a field value",
    peer: says(`${LINE}X: a\0b\r\n${END}`),
    verdict: fatal("nul-in-value", 200),
  },
  {
    does: "folds a field over two lines",
    peer: says(`${LINE}X: a\r\n b\r\n${END}`),
    verdict: tolerated("obs-fold"),
  },
  {
    does: "has a field line without a colon",
    peer: says(`${LINE}X\r\n${END}`),
    verdict: fatal("missing-colon", 200),
  },
  {
    does: "has a blank before a colon",
    peer: says(`${LINE}X : a\r\n${END}`),
    verdict: tolerated("ows-before-colon"),
  },
  {
    does: "has a blank before its first field",
    peer: says(`${LINE} X: a\r\n${END}`),
    verdict: fatal("whitespace-before-first-header", 200),
  },
  {
    does: "has a status of two digits",
    peer: says(`HTTP/1.1 20 OK\r\n${END}`),
    verdict: fatal("invalid-status-code"),
  },
  {
    does: "has a status of 999",
    peer: says(`HTTP/1.1 999 No\r\n${END}`),
    verdict: { status: 999, deviations: ["status-out-of-range"], end: "us open" },
  },
  {
    does: "has no number in its version",
    peer: says(`HTTP/x 200 OK\r\n${END}`),
    verdict: fatal("malformed-version"),
  },
];
