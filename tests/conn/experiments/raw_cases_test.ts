import { assertEquals } from "@std/assert";
import type { RawVerdict } from "../../../lib/conn/experiments/raw_case.ts";
import { profileConnection } from "../../../lib/conn/profile.ts";
import { testSideBySide } from "../../_side_by_side.ts";
import { answerTo, wantsClose } from "../_honest.ts";
import { type Conduct, type LiarConnection, reply, startLiar } from "../_liar.ts";

/** Refuses a request of which `isOdd` holds as the rules have it, and answers the others. */
function refusing(isOdd: (head: string) => boolean, odd?: Conduct): Conduct {
  return async (connection) => {
    for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
      if (odd && isOdd(head)) return await odd(connection);
      if (isBent(head)) return connection.send(reply("no", "Connection: close").replace("200 OK", "400 No"));
      connection.send(answerTo(head));
      if (wantsClose(head)) return;
    }
  };
}

function isBent(head: string): boolean {
  return (head.match(/content-length/gi)?.length ?? 0) > 1 || /transfer-encoding|: \+0/i.test(head);
}

function hasTwoLengths(head: string): boolean {
  return /Content-Length: 5[^]*Content-Length: 0/.test(head);
}

function hang(connection: LiarConnection): Promise<void> {
  return connection.gone();
}

interface Row {
  readonly server: string;
  readonly conduct: Conduct;
  readonly experiment: string;
  readonly outcome: string;
  readonly said: string;
  /** What is told of one case. */
  readonly verdict?: readonly [name: string, then: RawVerdict["then"], keepsRule: boolean | null];
  readonly findings: readonly string[];
}

const ROWS: readonly Row[] = [
  {
    server: "one that takes the first of two lengths and waits for the content",
    conduct: refusing(hasTwoLengths, hang),
    experiment: "desync",
    outcome: "keeps-open",
    said: "two-lengths: neither answered nor closed",
    verdict: ["two-lengths", "hang", false],
    findings: ["desync-risk"],
  },
  {
    server: "one that closes without an answer",
    conduct: refusing(hasTwoLengths, async () => {}),
    experiment: "desync",
    outcome: "refuses",
    said: "all of 9 cases as the rules have it",
    verdict: ["two-lengths", "closed", true],
    findings: [],
  },
  {
    server: "one that answers nothing any more after an odd request",
    conduct: (() => {
      let silent = false;
      return async (connection) => {
        if (silent) return await hang(connection);
        await refusing(hasTwoLengths, (odd) => {
          silent = true;
          return hang(odd);
        })(connection);
      };
    })(),
    experiment: "desync",
    outcome: "unknown",
    said: "nor an ordinary request was answered in time",
    verdict: ["two-lengths", "hang", null],
    findings: [],
  },
  {
    server: "one that waits after a blank before a colon",
    conduct: async (connection) => {
      for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
        if (/X-Sonde :/.test(head)) return await hang(connection);
        connection.send(answerTo(head));
        if (wantsClose(head)) return;
      }
    },
    experiment: "leniency",
    outcome: "lenient",
    said: "blank-before-colon: neither answered nor closed",
    verdict: ["blank-before-colon", "hang", false],
    findings: [],
  },
  {
    server: "one that does not answer where something is missing",
    conduct: refusing((head) => /no-such/.test(head), hang),
    experiment: "statuses",
    outcome: "unknown",
    said: "for 404: no answer came in time",
    findings: [],
  },
  {
    server: "one that does not answer behind a 404",
    conduct: refusing((head) => /no-such/.test(head), async (connection) => {
      connection.send(reply("no").replace("200 OK", "404 Not Found"));
      await hang(connection);
    }),
    experiment: "statuses",
    outcome: "unknown",
    said: "for 404: 404, and a GET behind it got no answer in time",
    findings: [],
  },
  {
    server: "one that does not answer chunked content",
    conduct: refusing((head) => /chunked/.test(head), hang),
    experiment: "chunked-request",
    outcome: "unknown",
    said: "could not tell: plain: no answer came in time",
    findings: [],
  },
];

async function check({ conduct, experiment, outcome, said, verdict, findings }: Row): Promise<void> {
  await using liar = await startLiar(conduct);
  const profile = await profileConnection(liar.url, {
    maxTime: 1_000,
    only: [experiment],
    intrusive: true,
    ownHost: true,
  });
  const report = profile.experiments[experiment];
  assertEquals(report?.outcome, outcome, JSON.stringify(report, undefined, 1));
  assertEquals(report?.summary.includes(said), true, report?.summary);
  if (verdict) {
    const [name, then, keepsRule] = verdict;
    const cases = report?.facts.cases as Record<string, RawVerdict>;
    assertEquals([cases[name]?.then, cases[name]?.keepsRule], [then, keepsRule]);
  }
  assertEquals(profile.findings.map(({ code }) => code), findings);
}

testSideBySide(
  "profileConnection() does not take a hang for a refusal",
  ROWS.map((row) => [row.server, () => check(row)] as const),
);
