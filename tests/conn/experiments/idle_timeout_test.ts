import { testSideBySide } from "../../_side_by_side.ts";
import { closing } from "../_conducts.ts";
import { answerTo, honest, impatient, wantsClose } from "../_honest.ts";
import { type Conduct, type LiarConnection, reply } from "../_liar.ts";
import { checkSaid, type SaidRow } from "../_said.ts";

/** Milliseconds of silence after which the connection is forgotten. */
const MEMORY = 300;
const WATCH = { only: ["idle-timeout"], idleLimit: 600, samples: 1 };

/** Answers requests soon after the previous answer; `then` handles later ones. */
async function forgetful(connection: LiarConnection, then: () => void | Promise<void>): Promise<void> {
  for (let answered = false;; answered = true) {
    const since = performance.now();
    const head = await connection.request();
    if (head === undefined) return;
    if (answered && performance.now() - since > MEMORY) return await then();
    connection.send(answerTo(head));
  }
}

/** Announces a timeout in seconds, and closes shortly after it. */
function keepsItsWord(
  connection: LiarConnection,
  seconds: number,
  ms: number = seconds * 1000 + 200,
): Promise<void> {
  const announced = [`Keep-Alive: timeout=${seconds}`, `Server: s${seconds}`];
  return impatient(connection, ms, () => {}, announced);
}

/** Closes all connections at the same moments, at a fixed interval in milliseconds. */
function sweeping(period: number): Conduct {
  const startedAt = performance.now();
  return async (connection) => {
    const next = Math.ceil((performance.now() - startedAt + 100) / period) * period;
    const swept = connection.pause(startedAt + next - performance.now()).then(() => undefined);
    for (;;) {
      const head = await Promise.race([connection.request(), swept]);
      if (head === undefined) return;
      connection.send(answerTo(head));
      if (wantsClose(head)) return;
    }
  };
}

const ROWS: readonly SaidRow[] = [
  {
    server: "two in turns, one of which closes after every answer, and an idle timeout",
    conduct: (connection) => connection.number % 2 === 0 ? impatient(connection, 600) : closing(connection),
    options: { only: ["idle-timeout"], idleLimit: 1_500 },
    says: { "idle-timeout": ["closes", "1 of 2 connections were not kept at all"] },
  },
  {
    server: "two in turns, each of which announces how long it keeps a connection and does so",
    conduct: (connection) => keepsItsWord(connection, connection.number % 2 === 0 ? 2 : 1),
    options: { only: ["idle-timeout"], idleLimit: 3_400 },
    says: { "idle-timeout": ["closes", "announces 1 or 2 s"] },
    findings: ["backends-differ"],
  },
  {
    server: "two in turns, one of which closes before the time that it announces",
    conduct: (connection) =>
      connection.number % 2 === 0 ? keepsItsWord(connection, 1) : keepsItsWord(connection, 3, 1_500),
    options: { only: ["idle-timeout"], idleLimit: 3_400 },
    says: { "idle-timeout": ["closes", "announces 1 or 3 s"] },
    findings: ["keep-alive-lie", "backends-differ"],
  },
  {
    server: "one that closes right behind its answer without a word, and an idle timeout",
    conduct: async (connection) => {
      await connection.request();
      connection.send(reply("hi"));
    },
    options: { only: ["idle-timeout"], idleLimit: 1_500 },
    says: { "idle-timeout": ["not-kept", "closes after every answer"] },
    findings: [],
  },
  {
    server: "one that announces its end with a 408",
    conduct: (connection) =>
      impatient(
        connection,
        600,
        () =>
          connection.send("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"),
      ),
    options: { only: ["idle-timeout"], idleLimit: 1_500 },
    says: { "idle-timeout": ["closes", "a 408 that nobody had asked for"] },
  },
  {
    server: "one that looks for idle connections now and then",
    conduct: sweeping(1_400),
    options: { only: ["idle-timeout"], idleLimit: 2_500, behind: { name: "a proxy", idle: 300 } },
    says: { "idle-timeout": ["closes", "at the same moment"] },
    findings: ["idle-unknown"],
  },
  {
    server: "one whose connections are forgotten without a word",
    conduct: (connection) => forgetful(connection, () => connection.gone()),
    options: WATCH,
    says: { "idle-timeout": ["lost", "of silence, but a request got no answer then; announces no timeout"] },
    findings: ["lost-in-silence"],
  },
  {
    server: "one behind a NAT that answers with RST for what it has forgotten",
    conduct: (connection) => forgetful(connection, () => connection.rst()),
    options: WATCH,
    says: { "idle-timeout": ["lost", "but a request was answered with RST then"] },
    findings: ["lost-in-silence"],
  },
  {
    server: "one that ends connections once something comes",
    conduct: (connection) => forgetful(connection, () => {}),
    options: WATCH,
    says: { "idle-timeout": ["lost", "but a request was answered with FIN then"] },
    findings: ["lost-in-silence"],
  },
  {
    server: "one that never answers a second request",
    conduct: async (connection) => {
      connection.send(answerTo(await connection.request() ?? ""));
      await connection.gone();
    },
    options: WATCH,
    says: { "idle-timeout": ["outlives", "s of silence; announces no timeout"] },
    findings: [],
  },
  {
    server: "one that answers after the silence as before",
    conduct: (connection) => honest(connection),
    options: WATCH,
    says: { "idle-timeout": ["outlives", "s of silence; announces no timeout"] },
    findings: [],
  },
];

testSideBySide(
  "profileConnection() distinguishes forgotten idle connections from live ones",
  ROWS.map((row) => [row.server, () => checkSaid(row)] as const),
);
