import { testSideBySide } from "../../_side_by_side.ts";
import { hang } from "../_conducts.ts";
import { answerTo, wantsClose } from "../_honest.ts";
import { type LiarConnection, reply } from "../_liar.ts";
import { checkSaid, type SaidRow } from "../_said.ts";
import { assertCase } from "./_raw_cases.ts";

/** Refuses requests that the rules tell it to refuse, and answers all others. */
async function refusesBentRequests(connection: LiarConnection): Promise<void> {
  for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
    const hosts = head.match(/^host:.*/gim) ?? [];
    const bent = hosts.length !== 1 || /^host: a b/im.test(head) || /^get /.test(head) ||
      /^[^:\r\n]+[ \t]:/m.test(head.slice(head.indexOf("\n"))) || head.includes("\x01");
    if (bent) return connection.send(reply("no", "Connection: close").replace("200 OK", "400 Bad Request"));
    connection.send(answerTo(head));
    if (wantsClose(head)) return;
  }
}

const ROWS: readonly SaidRow[] = [
  {
    server: "one that waits after a blank before a colon",
    conduct: async (connection) => {
      for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
        if (/X-Sonde :/.test(head)) return await hang(connection);
        connection.send(answerTo(head));
        if (wantsClose(head)) return;
      }
    },
    options: { only: ["leniency"], maxTime: 1_000, intrusive: true, ownHost: true },
    says: { "leniency": ["lenient", "blank-before-colon: neither answered nor closed"] },
    findings: [],
    facts: (profile) => assertCase(profile, "leniency", "blank-before-colon", "hang", false),
  },
  {
    server: "one that keeps to the rules",
    conduct: refusesBentRequests,
    options: { only: ["leniency"], maxTime: 1_000, intrusive: true, ownHost: true },
    says: { "leniency": ["strict", "as the rules have it"] },
    findings: [],
  },
];

testSideBySide(
  "leniency tells servers apart",
  ROWS.map((row) => [row.server, () => checkSaid(row)] as const),
);
