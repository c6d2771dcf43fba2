import { testSideBySide } from "../../_side_by_side.ts";
import { closing, hang, refusing } from "../_conducts.ts";
import { answerTo, honest, impatient, wantsClose } from "../_honest.ts";
import { reply, targetOf } from "../_liar.ts";
import { checkSaid, type SaidRow } from "../_said.ts";

const ROWS: readonly SaidRow[] = [
  {
    server: "one that keeps connections after every answer",
    conduct: (connection) => honest(connection),
    options: { only: ["statuses"] },
    says: { "statuses": ["kept", "405 was not tried"] },
    findings: [],
  },
  {
    server: "one that closes after every answer and says so",
    conduct: closing,
    options: { only: ["statuses"] },
    says: { "statuses": ["not-kept", "closes after every answer"] },
    findings: [],
  },
  {
    server: "one that does not answer where something is missing",
    conduct: refusing((head) => /no-such/.test(head), hang),
    options: { only: ["statuses"], maxTime: 1_000 },
    says: { "statuses": ["unknown", "for 404: no answer came in time"] },
    findings: [],
  },
  {
    server: "one that does not answer behind a 404",
    conduct: refusing((head) => /no-such/.test(head), async (connection) => {
      connection.send(reply("no").replace("200 OK", "404 Not Found"));
      await hang(connection);
    }),
    options: { only: ["statuses"], maxTime: 1_000 },
    says: { "statuses": ["unknown", "for 404: 404, and a GET behind it got no answer in time"] },
    findings: [],
  },
  {
    server: "one that closes on 404 only",
    conduct: async (connection) => {
      for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
        if (targetOf(head).includes("no-such")) {
          return connection.send(reply("gone", "Connection: close").replace("200 OK", "404 Not Found"));
        }
        connection.send(answerTo(head));
      }
    },
    options: { only: ["statuses"] },
    says: { statuses: ["closes-on-some", ""] },
    findings: ["closes-on-error-status"],
  },
  {
    server: "one whose idle timeout comes before the end of an experiment",
    conduct: (connection) => impatient(connection, 80),
    options: { only: ["statuses"] },
    says: { statuses: ["unknown", "closes idle connections after"] },
    findings: [],
  },
  {
    server: "one that closes after one 404 and after no other",
    conduct: async (connection) => {
      for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
        const missing = head.includes("no-such");
        connection.send(missing ? answerTo(head).replace("200 OK", "404 Not Found") : answerTo(head));
        if (wantsClose(head) || (missing && connection.number === 3)) return;
      }
    },
    options: { only: ["statuses"] },
    says: { statuses: ["kept", "404 kept"] },
    findings: [],
  },
];

testSideBySide(
  "statuses tells servers apart",
  ROWS.map((row) => [row.server, () => checkSaid(row)] as const),
);
