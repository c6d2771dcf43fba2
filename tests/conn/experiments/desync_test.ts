import { testSideBySide } from "../../_side_by_side.ts";
import { hang, refusing, sends } from "../_conducts.ts";
import { type Conduct, reply } from "../_liar.ts";
import { checkSaid, type SaidRow } from "../_said.ts";
import { assertCase } from "./_raw_cases.ts";

function hasTwoLengths(head: string): boolean {
  return /Content-Length: 5[^]*Content-Length: 0/.test(head);
}

/** Answers nothing any more, on any connection, after a request with two lengths. */
function silenced(): Conduct {
  let silent = false;
  return async (connection) => {
    if (silent) return await hang(connection);
    await refusing(hasTwoLengths, (odd) => {
      silent = true;
      return hang(odd);
    })(connection);
  };
}

const ROWS: readonly SaidRow[] = [
  {
    server: "one that takes the first of two lengths and waits for the content",
    conduct: refusing(hasTwoLengths, hang),
    options: { only: ["desync"], maxTime: 1_000, intrusive: true, ownHost: true },
    says: { "desync": ["keeps-open", "two-lengths: neither answered nor closed"] },
    findings: ["desync-risk"],
    facts: (profile) => assertCase(profile, "desync", "two-lengths", "hang", false),
  },
  {
    server: "one that closes without an answer",
    conduct: refusing(hasTwoLengths, async () => {}),
    options: { only: ["desync"], maxTime: 1_000, intrusive: true, ownHost: true },
    says: { "desync": ["refuses", "all of 9 cases as the rules have it"] },
    findings: [],
    facts: (profile) => assertCase(profile, "desync", "two-lengths", "closed", true),
  },
  {
    server: "one that answers a request with two lengths and closes",
    conduct: refusing(
      hasTwoLengths,
      sends(reply("taken", "Connection: close")),
    ),
    options: { only: ["desync"], maxTime: 1_000, intrusive: true, ownHost: true },
    says: { "desync": ["closes", "two-lengths: 200, closed"] },
    findings: [],
    facts: (profile) => assertCase(profile, "desync", "two-lengths", "closed", false),
  },
  {
    server: "one that answers nothing any more after an odd request",
    conduct: silenced(),
    options: { only: ["desync"], maxTime: 1_000, intrusive: true, ownHost: true },
    says: { "desync": ["unknown", "nor an ordinary request was answered in time"] },
    findings: [],
    facts: (profile) => assertCase(profile, "desync", "two-lengths", "hang", null),
  },
];

testSideBySide(
  "desync tells servers apart",
  ROWS.map((row) => [row.server, () => checkSaid(row)] as const),
);
