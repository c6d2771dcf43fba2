import { assert, assertEquals } from "@std/assert";
import { profileConnection } from "../../lib/conn/profile.ts";
import { testSideBySide } from "../_side_by_side.ts";
import { answerTo, honest, wantsClose } from "./_honest.ts";
import { type Conduct, type LiarConnection, reply, startLiar } from "./_liar.ts";
import { checkSaid, fact, type SaidRow } from "./_said.ts";

/** Says close in the answer with this number, as `keepalive_requests` does. */
function capped(cap: number): Conduct {
  return async (connection) => {
    for (let number = 1;; number++) {
      const head = await connection.request();
      if (head === undefined) return;
      const last = number === cap && !wantsClose(head);
      connection.send(answerTo(head, ...(last ? ["Connection: close"] : [])));
      if (last || wantsClose(head)) return;
    }
  };
}

const ROWS: readonly SaidRow[] = [
  {
    server: "an honest server",
    conduct: (connection) => honest(connection),
    options: { only: ["keep-alive", "close", "http10", "head", "conditional", "pipelining"] },
    says: {
      "keep-alive": ["yes", ""],
      close: ["honoured", ""],
      http10: ["keep-alive", ""],
      head: ["consistent", ""],
      conditional: ["none", ""],
      pipelining: ["full", ""],
    },
    findings: [],
    facts: (profile) => {
      assertEquals(fact(profile, "close", "how"), "fin");
      assertEquals(fact(profile, "pipelining", "answered"), 3);
      assertEquals((fact(profile, "pipelining", "oneWrite") as { order: unknown }).order, [1, 2, 3]);
    },
  },
  {
    server: "one that closes after every answer and says so",
    conduct: async (connection) => {
      const head = await connection.request();
      connection.send(answerTo(head ?? "", "Connection: close"));
    },
    options: { only: ["keep-alive", "pipelining", "max-requests", "statuses"] },
    says: {
      "keep-alive": ["no", ""],
      pipelining: ["closed", ""],
      "max-requests": ["not-kept", ""],
      statuses: ["not-kept", ""],
    },
    findings: [],
    facts: (profile) => assertEquals(fact(profile, "pipelining", "kept"), false),
  },
  {
    server: "one that takes two requests on each connection",
    conduct: capped(2),
    options: { only: ["keep-alive", "pipelining", "statuses"] },
    says: {
      "keep-alive": ["yes", "2 of 3 requests answered on one connection, the last with close"],
      pipelining: ["closed", "2 of 3 answered, then FIN; a connection takes 2 requests, pipelined or not"],
      statuses: ["unknown", "an ordinary answer in its place ends the connection as well"],
    },
    findings: [],
  },
  {
    server: "one that takes three requests on each connection",
    conduct: capped(3),
    options: { only: ["pipelining", "statuses"] },
    says: { pipelining: ["full", "3 of 3"], statuses: ["kept", "kept"] },
    findings: [],
  },
];

/** Answers properly on the first connection, and then no longer. */
function turning(then: (connection: LiarConnection) => void): Conduct {
  return async (connection) => {
    for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
      if (connection.number === 1) connection.send(reply("hi"));
      else then(connection);
    }
  };
}

const HOSTILE: Readonly<Record<string, Conduct>> = {
  "garbage": turning((connection) => connection.send("\x00\xff\x1b[2J garbage\r\n\r\n")),
  "resets": turning((connection) => connection.rst()),
  "silence": turning(() => {}),
  "half a head": turning((connection) => connection.send("HTTP/1.1 200 OK\r\nConte")),
  "two lengths": turning((connection) =>
    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab")
  ),
  "another protocol": turning((connection) =>
    connection.send("HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n")
  ),
};

const ASKING_MUCH = [
  "keep-alive",
  "http10",
  "head",
  "conditional",
  "max-requests",
  "half-close",
  "chunked-request",
];

async function concludesNothingWrong(name: string, conduct: Conduct): Promise<void> {
  await using liar = await startLiar(conduct);
  const profile = await profileConnection(liar.url, { maxTime: 300, maxRequests: 20, only: ASKING_MUCH });
  for (const { outcome, summary } of Object.values(profile.experiments)) {
    assert(!summary.includes("the experiment failed"), summary);
    assert(name === "another protocol" || outcome === "unknown", `${outcome}: ${summary}`);
  }
}

testSideBySide("profileConnection() describes how a server treats its connections", [
  ...Object.entries(HOSTILE).map(([name, conduct]) =>
    [
      `concludes nothing wrong from ${name}, and comes to an end`,
      () => concludesNothingWrong(name, conduct),
    ] as const
  ),
  ...ROWS.map((row) => [`sees through ${row.server}`, () => checkSaid(row)] as const),
]);
