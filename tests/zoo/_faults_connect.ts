import { type Fault, OK, REQUEST, says, STALL, WAITS } from "./_fault.ts";

const LARGE = { method: "POST", body: "x".repeat(16 * 1024 * 1024) } as const;

/** Faults before and while the request is sent. */
export const CONNECT_FAULTS: readonly Fault[] = [
  {
    does: "is not there",
    peer: "nobody",
    verdict: { error: "refused connect target" },
  },
  {
    does: "drops every SYN because nobody takes connections from its full queue",
    peer: "full",
    options: { ...WAITS, connectTimeout: 400 },
    verdict: { error: "timeout connect network" },
  },
  {
    does: "resets the connection as soon as it is there",
    peer: [{ rst: true }],
    verdict: {
      error: ["reset connect target", "reset send target", "reset wait target"],
      end: ["none", "peer rst"],
    },
  },
  {
    does: "closes the connection as soon as it is there",
    peer: [{ fin: true }, STALL],
    verdict: { error: "closed wait target", deviations: ["empty-reply"], end: "peer fin" },
  },
  {
    does: "takes the connection and never says anything",
    peer: [STALL],
    options: WAITS,
    verdict: { error: "timeout wait target", end: "us closed" },
  },
  {
    does: "never reads a large request",
    peer: [{ deaf: true }, STALL],
    options: { ...WAITS, ...LARGE },
    conn: "timeout wait target",
    verdict: { error: "timeout send target", end: "us closed" },
  },
  {
    does: "resets the connection in the middle of a large request",
    peer: [REQUEST, { rst: true }],
    options: LARGE,
    conn: "reset wait target",
    verdict: { error: "reset send target", end: "peer rst" },
  },
  {
    does: "refuses a large request with 413 and closes before it has read it",
    peer: [REQUEST, { send: "HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n" }],
    options: LARGE,
    conn: "no honoured",
    verdict: { status: 413, end: "us closed" },
  },
  {
    does: "answers before it is asked",
    peer: [{ send: OK }, REQUEST, STALL],
    verdict: { status: 200, end: "us open" },
  },
  {
    does: "never answers the request",
    peer: [REQUEST, STALL],
    options: WAITS,
    verdict: { error: "timeout wait target", end: "us closed" },
  },
  {
    does: "closes the connection in place of an answer",
    peer: [REQUEST],
    verdict: { error: "closed wait target", deviations: ["empty-reply"], end: "peer fin" },
  },
  {
    does: "resets the connection in place of an answer",
    peer: [REQUEST, { rst: true }],
    verdict: { error: "reset wait target", end: "peer rst" },
  },
  {
    does: "sends nothing but empty lines, and stays",
    peer: says("\r\n\r\n\r\n"),
    options: WAITS,
    verdict: { error: "timeout head target", deviations: ["leading-crlf"], end: "us closed" },
  },
];
