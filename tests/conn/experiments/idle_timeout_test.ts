import { testSideBySide } from "../../_side_by_side.ts";
import { answerTo, honest } from "../_honest.ts";
import type { LiarConnection } from "../_liar.ts";
import { checkSaid, type SaidRow } from "../_said.ts";

/** Milliseconds of silence after which the connection is forgotten. */
const MEMORY = 300;
const WATCH = { only: ["idle-timeout"], idleLimit: 600, samples: 1 };

/** Answers what comes soon after the answer before; what comes later meets `then`. */
async function forgetful(connection: LiarConnection, then: () => void | Promise<void>): Promise<void> {
  for (let answered = false;; answered = true) {
    const since = performance.now();
    const head = await connection.request();
    if (head === undefined) return;
    if (answered && performance.now() - since > MEMORY) return await then();
    connection.send(answerTo(head));
  }
}

const ROWS: readonly SaidRow[] = [
  {
    server: "one whose connections are forgotten without a word",
    conduct: (connection) => forgetful(connection, () => connection.gone()),
    options: WATCH,
    says: { "idle-timeout": ["lost", "of silence, but a request got no answer then; announces nothing"] },
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
    says: { "idle-timeout": ["outlives", "s of silence; announces nothing"] },
    findings: [],
  },
  {
    server: "one that answers after the silence as before",
    conduct: (connection) => honest(connection),
    options: WATCH,
    says: { "idle-timeout": ["outlives", "s of silence; announces nothing"] },
    findings: [],
  },
];

testSideBySide(
  "profileConnection() tells idle connections that were forgotten from those that live",
  ROWS.map((row) => [row.server, () => checkSaid(row)] as const),
);
