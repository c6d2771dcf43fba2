/**
 * Tests several servers behind one address, and single servers that look like several.
 */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { profileConnection } from "../../lib/conn/profile.ts";
import type { ConnectionProfile } from "../../lib/result.ts";
import { testSideBySide } from "../_side_by_side.ts";
import { answerTo, wantsClose } from "./_honest.ts";
import { type Conduct, startLiar } from "./_liar.ts";
import { skipWaits } from "../_skipped_waits.ts";

/** Answers with fields, and perhaps another status, that a function chooses by the number of the connection. */
function naming(
  choose: (connection: number, request: number, head: string) => readonly string[],
  status = (_: number): string => "200 OK",
): Conduct {
  let requests = 0;
  return async (connection) => {
    for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
      const fields = choose(connection.number, ++requests, head);
      connection.send(answerTo(head, ...fields).replace("200 OK", status(connection.number)));
      if (wantsClose(head)) return;
    }
  };
}

const ONLY = ["keep-alive", "close", "http10", "head", "conditional", "pipelining"];

interface Row {
  readonly server: string;
  readonly conduct: Conduct;
  /** The names in the finding, or the absence of the finding. */
  readonly differ: readonly string[] | undefined;
}

const ROWS: readonly Row[] = [
  {
    server: "two names in turns, connection by connection",
    conduct: naming((number) => [`Server: ${number % 2 === 0 ? "nginx" : "Apache"}`]),
    differ: ["Server (", "nginx", "Apache"],
  },
  {
    server: "two names in turns, request by request",
    conduct: naming((_, request) => [`Server: ${request % 2 === 0 ? "nginx" : "Apache"}`]),
    differ: ["Server (", "nginx", "Apache"],
  },
  {
    server: "one with a name and one without, with ETags of their own",
    conduct: naming((number) => number % 2 === 0 ? ["Server: nginx", 'ETag: "a"'] : ['ETag: "b"']),
    differ: ["Server (", "none", "nginx", 'ETag ("', "fields (server)"],
  },
  {
    server: "one that answers with 200 and one with 404",
    conduct: naming(
      (number) => [`Server: ${number % 2 === 0 ? "one" : "two"}`],
      (number) => number % 2 === 0 ? "200 OK" : "404 Not Found",
    ),
    differ: ["Server (", "one", "two", "status (", "200", "404"],
  },
  {
    server: "two that announce different times",
    conduct: naming((number) => [`Keep-Alive: timeout=${number % 2 === 0 ? 15 : 20}`]),
    differ: ["announced timeout (", "15 s", "20 s"],
  },
  {
    server: "one before which a proxy answers one request with an error of its own",
    conduct: naming(
      (number) => [`Server: ${number === 7 ? "proxy" : "origin"}`],
      (number) => number === 7 ? "502 Bad Gateway" : "200 OK",
    ),
    differ: undefined,
  },
  {
    server: "one that announces another time from some moment on",
    conduct: naming((number) => [`Keep-Alive: timeout=${number < 9 ? 15 : 20}`]),
    differ: undefined,
  },
  {
    server: "one that answers HEAD and HTTP/1.0 under another name",
    conduct: naming((_, __, head) => [`Server: ${/^HEAD|HTTP\/1\.0\r/.test(head) ? "proxy" : "origin"}`]),
    differ: undefined,
  },
  {
    server: "one whose ETag is never the same",
    conduct: naming((_, request) => ["Server: one", `ETag: "${request}"`]),
    differ: undefined,
  },
  {
    server: "one that announces how many requests are left",
    conduct: naming((_, request) => [`Keep-Alive: timeout=5, max=${100 - request}`]),
    differ: undefined,
  },
  {
    server: "one that closes when requests are pipelined",
    conduct: async (connection) => {
      for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
        const burst = connection.discard() > 0;
        connection.send(answerTo(head, ...(burst && !wantsClose(head) ? ["Connection: close"] : [])));
        if (burst || wantsClose(head)) return;
      }
    },
    differ: undefined,
  },
];

async function profileOf(conduct: Conduct): Promise<ConnectionProfile> {
  await using liar = await startLiar(conduct);
  return await profileConnection(liar.url, { only: ONLY });
}

testSideBySide(
  "profileConnection() distinguishes different servers behind one address from a single one",
  ROWS.map(({ server, conduct, differ }) =>
    [server, async () => {
      const { findings, experiments } = await profileOf(conduct);
      const found = findings.find(({ code }) => code === "backends-differ");
      assertEquals(found !== undefined, differ !== undefined, JSON.stringify(found ?? findings));
      for (const part of differ ?? []) assertStringIncludes(found!.message, part);
      for (const [name, { summary, facts }] of Object.entries(experiments)) {
        assertEquals(facts["backends"] !== undefined, differ !== undefined, name);
        if (differ) {
          assert(/ \((?:as answered by|answered by|unlike servers)/.test(summary), `${name}: ${summary}`);
        }
      }
    }] as const
  ),
);

Deno.test("profileConnection() names the server of each outcome if different servers share an address", async () => {
  using _clock = skipWaits();
  // The two of a pair of connections have one server: what needs one connection only sees one of them.
  const { experiments } = await profileOf(
    naming((number) => [`Server: ${number % 4 < 2 ? "nginx" : "Apache"}`]),
  );
  const said = Object.values(experiments).map(({ summary }) => summary).join("\n");
  assert(/\(as answered by (nginx; Apache|Apache; nginx) may behave differently\)/.test(said), said);
  for (const { summary, facts } of Object.values(experiments)) {
    const { answered } = facts["backends"] as { answered: string[] };
    assertStringIncludes(summary, answered.join(" and "));
  }
});

Deno.test("profileConnection() names every server to which a proxy forwards a request", async () => {
  using _clock = skipWaits();
  // Only requests of one kind show two servers in turns.
  const asked: number[] = [];
  const conduct = naming((number, _, head) => {
    if (!/Connection: keep-alive/i.test(head)) return ["Keep-Alive: timeout=20"];
    if (!asked.includes(number)) asked.push(number);
    return [`Keep-Alive: timeout=${asked.indexOf(number) % 2 === 0 ? 20 : 15}`];
  });
  await using liar = await startLiar(conduct);
  const options = { only: ["keep-alive", "idle-timeout"], samples: 4, idleLimit: 300 };
  const { experiments, findings } = await profileConnection(liar.url, options);
  assertEquals(findings.map(({ code }) => code), ["backends-differ"]);
  const { summary, facts } = experiments["keep-alive"]!;
  assertStringIncludes(summary, "announces 20 s");
  const { answered } = facts["backends"] as { answered: string[] };
  assert(answered.includes("announced timeout 20 s"), summary);
});
