import { testSideBySide } from "../../_side_by_side.ts";
import { closing } from "../_conducts.ts";
import { answerTo, honest, wantsClose } from "../_honest.ts";
import { type Conduct, type LiarConnection, reply } from "../_liar.ts";
import { checkSaid, type SaidRow } from "../_said.ts";

/** Behaves differently from connection number `from` onwards. */
function turningAt(from: number, then: Conduct): Conduct {
  return (connection) => connection.number < from ? honest(connection) : then(connection);
}

/** Answers one request of those that came together, and closes after a while of silence. */
async function forgetsTheRest(connection: LiarConnection): Promise<void> {
  for (;;) {
    const head = await Promise.race([connection.request(), connection.pause(2_500).then(() => undefined)]);
    if (head === undefined) return;
    connection.discard();
    connection.send(answerTo(head));
    if (wantsClose(head)) return;
  }
}

/** Closes after the first of several requests that come together, and answers all of them the next time. */
function changesItsMind(): Conduct {
  let bursts = 0;
  return async (connection) => {
    for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
      if (connection.discard() === 0) {
        connection.send(answerTo(head));
        continue;
      }
      connection.send(answerTo(head));
      if (++bursts % 2 === 1) return;
      for (const number of [2, 3]) {
        connection.send(answerTo(head.replace("pipelined-1x", `pipelined-${number}x`)));
      }
    }
  };
}

/** Refuses requests that come together. */
async function refusesBursts(connection: LiarConnection): Promise<void> {
  for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
    if (connection.discard() > 0) {
      return connection.send(reply("no", "Connection: close").replace("200 OK", "400 Bad Request"));
    }
    connection.send(answerTo(head));
  }
}

const ROWS: readonly SaidRow[] = [
  {
    server: "one that answers all",
    conduct: (connection) => honest(connection),
    options: { only: ["pipelining"] },
    says: { "pipelining": ["full", "3 of 3"] },
    findings: [],
  },
  {
    server: "one that refuses requests that come together",
    conduct: refusesBursts,
    options: { only: ["pipelining"] },
    says: { "pipelining": ["refused", ""] },
    findings: ["pipelining-broken"],
  },
  {
    server: "one that changes its mind about requests that come together",
    conduct: changesItsMind(),
    options: { only: ["pipelining"] },
    says: { "pipelining": ["mixed", "not the same from try to try"] },
    findings: ["pipelining-broken"],
  },
  {
    server: "one that keeps connections and closes them, announced, when requests are pipelined",
    conduct: async (connection) => {
      for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
        const burst = connection.discard() > 0;
        connection.send(answerTo(head, ...(burst ? ["Connection: close"] : [])));
        if (burst) return;
      }
    },
    options: { only: ["pipelining"] },
    says: { pipelining: ["closed", ""] },
    findings: ["pipelining-broken"],
  },
  {
    server: "one that answers out of order",
    conduct: async (connection) => {
      for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
        const waiting = [head];
        await connection.pause(30);
        for (;;) {
          const more = await Promise.race([connection.request(), connection.pause(30).then(() => null)]);
          if (more === null || more === undefined) break;
          waiting.push(more);
        }
        for (const request of waiting.reverse()) connection.send(answerTo(request));
      }
    },
    options: { only: ["pipelining"] },
    says: { pipelining: ["reordered", ""] },
    findings: ["pipelining-broken"],
  },
  {
    server: "one that answers the first of several only",
    conduct: async (connection) => {
      const head = await connection.request();
      connection.send(answerTo(head ?? ""));
      await connection.gone();
    },
    options: { only: ["pipelining"], maxTime: 1_000 },
    says: { pipelining: ["unknown", ""] },
  },
  {
    server: "one that forgets what stands behind the first request in a read",
    conduct: async (connection) => {
      for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
        connection.discard();
        connection.send(answerTo(head));
      }
    },
    options: { only: ["pipelining"] },
    says: { pipelining: ["first-only", ""] },
    findings: ["pipelining-broken"],
  },
  {
    server: "one that works off requests one by one, slowly",
    conduct: async (connection) => {
      for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
        await connection.pause(250);
        connection.send(answerTo(head));
      }
    },
    options: { only: ["pipelining"] },
    says: { pipelining: ["serialised", ""] },
  },
  {
    server: "two in turns, one of which closes after every answer, and pipelining",
    conduct: (connection) => connection.number % 2 === 0 ? honest(connection) : closing(connection),
    options: { only: ["pipelining"] },
    says: { pipelining: ["unknown", "connections were kept at first, and are not by now"] },
    findings: ["backends-differ"],
  },
  {
    server: "one that resets connections once there were three",
    conduct: turningAt(4, async (connection) => {
      await connection.request();
      connection.rst();
    }),
    options: { only: ["pipelining"] },
    says: {
      pipelining: ["unknown", "the service went down during the run: the connection was reset in answer to"],
    },
    findings: ["service-down"],
  },
  {
    server: "one that loses pipelined requests and has an idle timeout",
    conduct: forgetsTheRest,
    options: { only: ["pipelining"] },
    says: { pipelining: ["first-only", "1 of 3 answered"] },
    findings: ["pipelining-broken"],
  },
];

testSideBySide(
  "pipelining tells servers apart",
  ROWS.map((row) => [row.server, () => checkSaid(row)] as const),
);
