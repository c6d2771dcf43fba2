import { assert, assertEquals } from "@std/assert";
import { profileConnection } from "../../lib/conn/profile.ts";
import type { ProfileOptions } from "../../lib/conn/options.ts";
import type { ConnectionProfile } from "../../lib/result.ts";
import { testSideBySide } from "../_side_by_side.ts";
import { answerTo, honest, impatient } from "./_honest.ts";
import { type Conduct, type LiarConnection, reply, startLiar, targetOf } from "./_liar.ts";

interface Row {
  readonly server: string;
  readonly conduct: Conduct;
  readonly options: ProfileOptions;
  readonly outcomes: Readonly<Record<string, string>>;
  readonly findings?: readonly string[];
  readonly facts?: (profile: ConnectionProfile) => void;
}

function fact(profile: ConnectionProfile, experiment: string, name: string): unknown {
  return profile.experiments[experiment]?.facts[name];
}

const ROWS: readonly Row[] = [
  {
    server: "an honest server",
    conduct: (connection) => honest(connection),
    options: { only: ["keep-alive", "close", "http10", "head", "conditional", "pipelining"] },
    outcomes: {
      "keep-alive": "yes",
      close: "honoured",
      http10: "keep-alive",
      head: "consistent",
      conditional: "none",
      pipelining: "full",
    },
    findings: [],
    facts: (profile) => {
      assertEquals(fact(profile, "close", "how"), "fin");
      assertEquals(fact(profile, "pipelining", "answered"), 3);
      assertEquals((fact(profile, "pipelining", "oneWrite") as { order: unknown }).order, [1, 2, 3]);
    },
  },
  {
    server: "one that announces 60 s and closes after 0.3 s",
    conduct: async (connection) => {
      for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
        connection.send(reply("hi", "Keep-Alive: timeout=60"));
        const next = connection.request();
        const over = connection.pause(300).then(() => connection.fin());
        if (await Promise.race([next.then(() => "next"), over.then(() => "over")]) === "over") return;
        head = await next;
        if (head === undefined) return;
        connection.send(reply("hi", "Keep-Alive: timeout=60"));
      }
    },
    options: { only: ["keep-alive", "idle-timeout"] },
    outcomes: { "keep-alive": "lie", "idle-timeout": "closes" },
    findings: ["keep-alive-lie", "keep-alive-lie"],
    facts: (profile) => {
      const seconds = fact(profile, "idle-timeout", "seconds") as number;
      assert(seconds > 0.25 && seconds < 1.5, `${seconds} s`);
      assertEquals(fact(profile, "idle-timeout", "announced"), 60);
      assertEquals(fact(profile, "idle-timeout", "how"), "fin");
    },
  },
  {
    server: "one that announces 0 s and closes when nothing comes for a moment",
    conduct: (connection) => impatient(connection, 250, () => connection.fin(), ["Keep-Alive: timeout=0"]),
    options: { only: ["keep-alive"] },
    outcomes: { "keep-alive": "yes" },
    findings: [],
  },
  {
    server: "one that says close and stays open",
    conduct: async (connection) => {
      while (await connection.request() !== undefined) connection.send(reply("hi", "Connection: close"));
    },
    options: { only: ["close", "keep-alive"] },
    outcomes: { close: "left-open", "keep-alive": "no" },
    findings: ["close-ignored"],
    facts: (profile) => assertEquals(fact(profile, "close", "echoed"), true),
  },
  {
    server: "one that ignores close, and whose idle timeout ends the connection",
    conduct: async (connection) => {
      await connection.request();
      connection.send(reply("hi"));
      await connection.pause(1_500);
    },
    options: { only: ["close"] },
    outcomes: { close: "left-open" },
    facts: (profile) => assertEquals(fact(profile, "close", "how"), "fin"),
  },
  {
    server: "one that closes after every answer without a word",
    conduct: async (connection) => {
      await connection.request();
      connection.send(reply("hi"));
    },
    options: { only: ["keep-alive", "close"] },
    outcomes: { "keep-alive": "lie", close: "silent" },
    findings: ["keep-alive-lie", "silent-close"],
  },
  {
    server: "one that closes after every answer and says so",
    conduct: async (connection) => {
      const head = await connection.request();
      connection.send(answerTo(head ?? "", "Connection: close"));
    },
    options: { only: ["keep-alive", "pipelining", "max-requests", "statuses"] },
    outcomes: { "keep-alive": "no", pipelining: "closed", "max-requests": "not-kept", statuses: "not-kept" },
    findings: [],
    facts: (profile) => assertEquals(fact(profile, "pipelining", "kept"), false),
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
    outcomes: { pipelining: "closed" },
    findings: ["pipelining-broken"],
  },
  {
    server: "one whose idle timeout is a little more than a second",
    conduct: async (connection) => {
      let head = await connection.request();
      while (head !== undefined) {
        connection.send(reply("hi"));
        const next = connection.request();
        const idle = connection.pause(1_300).then(() => "idle" as const);
        const first = await Promise.race([next.then((request) => ({ request })), idle]);
        if (first === "idle") return;
        head = first.request;
      }
    },
    options: { only: ["keep-alive"] },
    outcomes: { "keep-alive": "yes" },
    findings: [],
    facts: (profile) => {
      const asked = fact(profile, "keep-alive", "whenAsked") as { answered: unknown };
      assertEquals(asked.answered, 3);
    },
  },
  {
    server: "one that closes right behind its answer, before any further request",
    conduct: async (connection) => {
      await connection.request();
      connection.send(reply("hi"));
      connection.fin();
    },
    options: { only: ["reuse-race"] },
    outcomes: { "reuse-race": "unknown" },
    facts: (profile) => assertEquals(fact(profile, "reuse-race", "sent"), 0),
  },
  {
    server: "one that resets instead of closing",
    conduct: async (connection) => {
      const head = await connection.request();
      connection.send(answerTo(head ?? ""));
      await connection.pause(60);
      connection.rst();
    },
    options: { only: ["close", "idle-timeout"] },
    outcomes: { close: "honoured", "idle-timeout": "closes" },
    findings: ["reset-loses-answer"],
    facts: (profile) => {
      assertEquals(fact(profile, "close", "how"), "rst");
      assertEquals(fact(profile, "idle-timeout", "how"), "rst");
    },
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
    outcomes: { pipelining: "reordered" },
    findings: ["pipelining-broken"],
  },
  {
    server: "one that answers two for one",
    conduct: async (connection) => {
      for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
        connection.send(answerTo(head) + answerTo(head));
      }
    },
    options: { only: ["keep-alive"] },
    outcomes: { "keep-alive": "unknown" },
    findings: ["framing-anomaly"],
  },
  {
    server: "one that answers the first of several only",
    conduct: async (connection) => {
      const head = await connection.request();
      connection.send(answerTo(head ?? ""));
      await connection.gone();
    },
    options: { only: ["pipelining"], maxTime: 1_000 },
    outcomes: { pipelining: "unknown" },
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
    outcomes: { pipelining: "first-only" },
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
    outcomes: { pipelining: "serialised" },
  },
  {
    server: "one that sends content with HEAD",
    conduct: async (connection) => {
      for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
        connection.send(reply("content"));
      }
    },
    options: { only: ["head"] },
    outcomes: { head: "has-body" },
    findings: ["framing-anomaly"],
    facts: (profile) => assertEquals(fact(profile, "head", "strayOctets"), 7),
  },
  {
    server: "one whose HEAD has other fields",
    conduct: async (connection) => {
      for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
        const answer = answerTo(head, head.startsWith("GET") ? "X-Only: get" : "X-Other: head");
        connection.send(answer);
      }
    },
    options: { only: ["head"] },
    outcomes: { head: "differs" },
    findings: ["head-differs"],
  },
  {
    server: "one that gives an HTTP/1.0 client no way to see the end",
    conduct: async (connection) => {
      const head = await connection.request();
      if (head === undefined) return;
      if (!head.includes(" HTTP/1.0")) return connection.send(answerTo(head, "Connection: close"));
      connection.send("HTTP/1.0 200 OK\r\n\r\nhello");
      await connection.gone();
    },
    options: { only: ["http10"], maxTime: 700 },
    outcomes: { http10: "unframed-open" },
    findings: ["http10-unframed"],
  },
  {
    server: "one that sends content with 304 and wrong ranges",
    conduct: async (connection) => {
      for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
        const fields = ['ETag: "1"', "Accept-Ranges: bytes"];
        if (/if-none-match/i.test(head)) {
          connection.send(`HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\ncontent`);
        } else if (/\r\nrange:/i.test(head)) {
          connection.send(
            reply("wrong", ...fields, "Content-Range: bytes 0-4/11").replace("200 OK", "206 Partial"),
          );
        } else connection.send(reply("hello world", ...fields));
      }
    },
    options: { only: ["conditional"] },
    outcomes: { conditional: "broken" },
    findings: ["conditional-broken", "framing-anomaly"],
    facts: (profile) => {
      assertEquals(fact(profile, "conditional", "etag"), "304 with content");
      assertEquals(fact(profile, "conditional", "range"), "206 with other octets");
    },
  },
  {
    server: "one that sends content with 304",
    conduct: async (connection) => {
      for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
        const matched = /if-none-match/i.test(head);
        connection.send(
          matched
            ? `HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\ncontent`
            : reply("hello world", 'ETag: "1"'),
        );
      }
    },
    options: { only: ["conditional"] },
    outcomes: { conditional: "broken" },
    facts: (profile) => assertEquals(fact(profile, "conditional", "etag"), "304 with content"),
  },
  {
    server: "one that drops the answer when the client ends its side",
    conduct: async (connection) => {
      const head = await connection.request();
      const next = connection.request();
      const ended = await Promise.race([
        next.then((request) => request === undefined),
        connection.pause(60).then(() => false),
      ]);
      if (!ended) {
        connection.send(answerTo(head ?? ""));
        await next;
      }
    },
    options: { only: ["half-close"] },
    outcomes: { "half-close": "dropped" },
    findings: ["half-close-drops-answer"],
  },
  {
    server: "one that takes five requests for each connection and then closes without a word",
    conduct: async (connection) => {
      for (let number = 0; number < 5; number++) {
        const head = await connection.request();
        if (head === undefined) return;
        connection.send(answerTo(head));
      }
    },
    options: { only: ["max-requests"] },
    outcomes: { "max-requests": "capped" },
    facts: (profile) => {
      assertEquals(fact(profile, "max-requests", "requests"), 5);
      assertEquals(fact(profile, "max-requests", "announcedClose"), false);
    },
  },
  {
    server: "one that takes more requests on every second connection, and closes without a word",
    conduct: async (connection) => {
      for (let left = connection.number % 2 === 0 ? 3 : 5; left > 0; left--) {
        if (await connection.request() === undefined) return;
        connection.send(reply("hi"));
      }
    },
    options: { only: ["max-requests"] },
    outcomes: { "max-requests": "unsteady" },
    facts: (profile) => {
      const tries = fact(profile, "max-requests", "tries") as number[];
      assertEquals(tries.toSorted(), [3, 5]);
      assertEquals(fact(profile, "max-requests", "atLeast"), undefined);
    },
  },
  {
    server: "one that takes as many requests as come",
    conduct: (connection) => honest(connection),
    options: { only: ["max-requests"], maxRequests: 12 },
    outcomes: { "max-requests": "unlimited" },
    facts: (profile) => {
      assertEquals(fact(profile, "max-requests", "requests"), 12);
      assertEquals(fact(profile, "max-requests", "atLeast"), 12);
    },
  },
  {
    server: "one that sends its answer bit by bit",
    conduct: async (connection) => {
      await connection.request();
      connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
      for (let piece = 0; piece < 4; piece++) {
        await connection.pause(60);
        connection.send("5\r\nhel");
        await connection.pause(60);
        connection.send("lo\r\n");
      }
      connection.send("0\r\n\r\n");
    },
    options: { only: ["streaming"] },
    outcomes: { streaming: "streamed" },
    facts: (profile) => {
      assertEquals(fact(profile, "streaming", "chunks"), 4);
      const chunks = fact(profile, "streaming", "chunkArrivals") as { at: number; bytes: number }[];
      assertEquals(chunks.map(({ bytes }) => bytes), [5, 5, 5, 5]);
      assert(chunks[3]!.at - chunks[0]!.at > 200, JSON.stringify(chunks));
    },
  },
  {
    server: "one that holds its answer back",
    conduct: async (connection) => {
      await connection.request();
      await connection.pause(500);
      connection.send(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n5\r\nworld\r\n0\r\n\r\n",
      );
      await connection.gone();
    },
    options: { only: ["streaming"] },
    outcomes: { streaming: "at-once" },
    findings: ["buffered-on-the-way"],
  },
  {
    server: "one that gives up on silence with a 408",
    conduct: async (connection) => {
      const first = await Promise.race([connection.request(), connection.pause(700).then(() => null)]);
      if (typeof first === "string") return connection.send(answerTo(first, "Connection: close"));
      connection.send("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    },
    options: { only: ["first-byte-silence", "slow-head"] },
    outcomes: { "first-byte-silence": "closes", "slow-head": "gives-up" },
    facts: (profile) => {
      assertEquals(fact(profile, "first-byte-silence", "answered"), 408);
      const seconds = fact(profile, "first-byte-silence", "seconds") as number;
      assert(seconds > 0.65 && seconds < 2, `${seconds} s`);
    },
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
    outcomes: { statuses: "closes-on-some" },
    findings: ["closes-on-error-status"],
  },
];

async function seesThrough({ conduct, options, outcomes, findings, facts }: Row): Promise<void> {
  await using liar = await startLiar(conduct);
  const profile = await profileConnection(liar.url, { maxTime: 4_000, ...options });
  const seen = Object.fromEntries(
    Object.entries(profile.experiments).map(([name, { outcome }]) => [name, outcome]),
  );
  assertEquals(seen, outcomes, JSON.stringify(profile, undefined, 1));
  if (findings) assertEquals(profile.findings.map(({ code }) => code), findings);
  facts?.(profile);
  assert(liar.counts.most <= 4, `${liar.counts.most} connections at once`);
}

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

testSideBySide("profileConnection() tells what a server does with its connections", [
  ...Object.entries(HOSTILE).map(([name, conduct]) =>
    [
      `concludes nothing wrong from ${name}, and comes to an end`,
      () => concludesNothingWrong(name, conduct),
    ] as const
  ),
  ...ROWS.map((row) => [`sees through ${row.server}`, () => seesThrough(row)] as const),
]);
