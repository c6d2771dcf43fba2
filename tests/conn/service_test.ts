/**
 * Servers that limit requests, go down, or serve one connection at a time: a profile must not take the consequences for
 * their usual behaviour, and must not send them more requests.
 */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { parseRetryAfter, readLimit } from "../../lib/conn/rate_limit.ts";
import { profileConnection } from "../../lib/conn/profile.ts";
import { testSideBySide } from "../_side_by_side.ts";
import { answerTo, honest, wantsClose } from "./_honest.ts";
import { type Conduct, type LiarConnection, startLiar } from "./_liar.ts";
import { checkSaid, type SaidRow } from "./_said.ts";
import { stepRows } from "../_test_rows.ts";
import { skipWaits } from "../_skipped_waits.ts";

/** Answers each request with the status line and fields that a function chooses for it. */
function choosing(choose: (head: string, request: number) => readonly string[]): Conduct {
  let requests = 0;
  return async (connection) => {
    for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
      const [status = "200 OK", ...fields] = choose(head, ++requests);
      connection.send(answerTo(head, ...fields).replace("200 OK", status));
      if (wantsClose(head)) return;
    }
  };
}

/** Serves one connection at a time, each until it ends, and takes its time for each answer. */
function oneAtATime(ms: number): Conduct {
  let before: Promise<void> = Promise.resolve();
  return async (connection) => {
    const turn = before;
    const { promise, resolve } = Promise.withResolvers<void>();
    before = promise;
    await Promise.race([turn, connection.gone()]);
    try {
      for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
        await connection.pause(ms);
        connection.send(answerTo(head));
        if (wantsClose(head)) return;
      }
    } finally {
      resolve();
    }
  };
}

const DEFAULTS = ["keep-alive", "close", "http10", "head", "conditional", "pipelining"];

/** Behaves differently from connection number `from` onwards. */
function turningAt(from: number, then: Conduct): Conduct {
  return (connection) => connection.number < from ? honest(connection) : then(connection);
}

function tooMany(head: string): string {
  return answerTo(head).replace("200 OK", "429 Too Many Requests");
}

const ROWS: readonly SaidRow[] = [
  {
    server: "one that answers HEAD with 503",
    conduct: choosing((head) => head.startsWith("HEAD ") ? ["503 Service Unavailable"] : []),
    options: { only: DEFAULTS },
    says: { head: ["differs", "status: 200 with GET, 503 with HEAD"], pipelining: ["full", "3 of 3"] },
    findings: ["head-differs"],
  },
  {
    server: "one that answers HTTP/1.0 with 503",
    conduct: choosing((head) => / HTTP\/1\.0\r\n/.test(head) ? ["503 Service Unavailable"] : []),
    options: { only: ["http10", "head"] },
    says: { http10: ["refused", "answered with 503"], head: ["consistent", ""] },
    findings: [],
  },
  {
    server: "one that answers HEAD with 503 and a time",
    conduct: choosing((head) =>
      head.startsWith("HEAD ") ? ["503 Service Unavailable", "Retry-After: 600"] : []
    ),
    options: { only: ["head"] },
    says: { head: ["unknown", "it answered with 503 and asks to wait 600 s"] },
    findings: ["rate-limited"],
  },
  {
    server: "one that answers with 503 from the fifth request on",
    conduct: choosing((_, request) => request > 4 ? ["503 Service Unavailable"] : []),
    options: { only: DEFAULTS },
    says: { pipelining: ["unknown", "an ordinary request is answered with 503, at first with 200"] },
    findings: ["service-down"],
  },
  {
    server: "one that answers every fourth request with 503",
    conduct: choosing((_, request) => request % 4 === 0 ? ["503 Service Unavailable"] : []),
    options: { only: ["keep-alive"] },
    says: { "keep-alive": ["unknown", "limits requests, it answered with 503"] },
    findings: ["rate-limited"],
  },
  {
    server: "one that resets all connections from the tenth on",
    conduct: async (connection: LiarConnection) => {
      if (connection.number < 10) return await honest(connection);
      await connection.request();
      connection.rst();
    },
    options: { only: [...DEFAULTS, "statuses", "half-close", "chunked-request"] },
    says: { "half-close": ["unknown", "the service went down during the run"] },
    findings: ["service-down"],
  },
  {
    server: "one that resets connections for a second and a half",
    conduct: (() => {
      let since: number | undefined;
      return async (connection: LiarConnection) => {
        if (connection.number >= 12) since ??= performance.now();
        if (since === undefined || performance.now() - since > 1_500) return await honest(connection);
        await connection.request();
        connection.rst();
      };
    })(),
    options: { only: [...DEFAULTS, "statuses", "half-close"] },
    says: { head: ["consistent", ""], pipelining: ["full", ""], "half-close": ["answered", ""] },
    findings: ["service-down"],
  },
  {
    server: "one that answers with 429 from the beginning",
    conduct: choosing(() => ["429 Too Many Requests"]),
    options: { only: DEFAULTS },
    says: { close: ["unknown", "limits requests"], head: ["unknown", "it answered with 429"] },
    findings: ["rate-limited"],
  },
  {
    server: "one that answers with 503 for a second and a half",
    conduct: (() => {
      let since: number | undefined;
      return choosing((_, request) => {
        if (request >= 12) since ??= performance.now();
        return since === undefined || performance.now() - since > 1_500 ? [] : ["503 Service Unavailable"];
      });
    })(),
    options: { only: DEFAULTS },
    says: { head: ["consistent", ""], pipelining: ["full", ""], "keep-alive": ["yes", ""] },
    findings: ["rate-limited"],
  },
  {
    server: "one that answers with 403 from the fifteenth request on",
    conduct: choosing((_, request) => request >= 15 ? ["403 Forbidden"] : []),
    options: { only: DEFAULTS },
    says: { head: ["consistent", ""], pipelining: ["full", ""] },
    findings: ["status-changed"],
  },
  {
    server: "one that shuts a client out with 403 after the first malformed request",
    conduct: (() => {
      let shut = false;
      return choosing((head) => {
        if (shut) return ["403 Forbidden"];
        shut = /\n[^:\r]+[ \t]+:/.test(head);
        return shut ? ["400 Bad Request", "Connection: close"] : [];
      });
    })(),
    options: { only: ["head", "leniency", "desync"], intrusive: true, ownHost: true },
    says: {
      head: ["consistent", ""],
      leniency: ["unknown", "ordinary requests are answered with 403 by now, at first with 200"],
      desync: ["unknown", "ordinary requests are answered with 403 by now, at first with 200"],
    },
    findings: ["status-changed"],
  },
  {
    server: "one that answers every other request with 404",
    conduct: choosing((_, request) => request % 2 ? ["404 Not Found"] : []),
    options: { only: ["close"] },
    says: { close: ["honoured", ""] },
    findings: [],
  },
  {
    server: "one that serves one connection at a time",
    conduct: oneAtATime(300),
    options: { only: [...DEFAULTS, "idle-timeout"], idleLimit: 1_500, samples: 1 },
    says: {
      pipelining: ["serialised", "3 of 3 answered in order"],
      "keep-alive": ["yes", "3 of 3"],
      close: ["honoured", ""],
      "idle-timeout": ["outlives", ""],
    },
    findings: [],
  },
  {
    server: "one that answers with 429 after five connections",
    conduct: turningAt(6, async (connection) => {
      for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
        connection.send(tooMany(head));
        if (wantsClose(head)) return;
      }
    }),
    options: { only: ["head", "conditional", "pipelining", "statuses"] },
    says: {
      pipelining: ["unknown", "limits requests, it answered with 429"],
      statuses: ["unknown", "limits requests, it answered with 429"],
    },
    findings: ["rate-limited"],
  },
];

testSideBySide(
  "profileConnection() distinguishes a rate limit and an outage from the usual behaviour of a server",
  ROWS.toReversed().map((row) => [row.server, () => checkSaid(row)] as const),
);

/** A server that limits requests from number `from` to `to`, and records the times of requests. */
function limiting(from: number, to: number, ...fields: string[]): { conduct: Conduct; times: number[] } {
  const times: number[] = [];
  const conduct = choosing((_, request) => {
    times.push(performance.now());
    return request >= from && request <= to ? ["429 Too Many Requests", ...fields] : [];
  });
  return { conduct, times };
}

Deno.test("profileConnection() stops sending requests once a server answers with 429", async () => {
  using _clock = skipWaits();
  const { conduct, times } = limiting(6, Infinity);
  await using liar = await startLiar(conduct);
  const { experiments, findings } = await profileConnection(liar.url, { only: DEFAULTS });
  assertEquals(findings.map(({ code }) => code), ["rate-limited"]);
  assertEquals(experiments["conditional"]?.outcome, "unknown");
  // Requests on the other three connections may still arrive, pipelined ones together.
  assert(times.length <= 6 + 5, `${times.length} requests`);
});

Deno.test("profileConnection() waits as long as a 429 asks, and then completes the profile", async () => {
  using _clock = skipWaits();
  const { conduct, times } = limiting(6, 6, "Retry-After: 1");
  await using liar = await startLiar(conduct);
  const { experiments, findings } = await profileConnection(liar.url, { only: DEFAULTS });
  assertEquals(findings, []);
  const outcomes = Object.entries(experiments).map(([name, { outcome }]) => `${name} ${outcome}`);
  assertEquals(outcomes, [
    "keep-alive yes",
    "close honoured",
    "http10 keep-alive",
    "head consistent",
    "conditional none",
    "pipelining full",
  ]);
  const gaps = times.slice(1).map((time, index) => time - times[index]!);
  assert(Math.max(...gaps) > 950, `${Math.max(...gaps)} ms`);
});

Deno.test("profileConnection() never waits longer than a minute for a 429", async () => {
  using _clock = skipWaits();
  const { conduct } = limiting(3, Infinity, "Retry-After: 3600");
  await using liar = await startLiar(conduct);
  const { experiments, findings } = await profileConnection(liar.url, { only: ["head", "close"] });
  assertStringIncludes(experiments["head"]!.summary, "asks to wait 3600 s");
  assertStringIncludes(findings[0]!.message, "asks for 3600 s without requests");
});

Deno.test("readLimit() takes a 429, and a 503 with a time, for a rate limit", async (test) => {
  using _clock = skipWaits();
  const time: [string, string][] = [["retry-after", "2"]];
  const rows: readonly [status: number, headers: [string, string][], contact: number, limited: unknown][] = [
    [429, [], 200, { status: 429 }],
    [429, time, 429, { status: 429, retryAfter: 2_000 }],
    [503, [], 200, undefined],
    [503, time, 200, { status: 503, retryAfter: 2_000 }],
    [503, time, 503, undefined],
    [502, time, 200, undefined],
    [200, time, 200, undefined],
  ];
  await stepRows(test, rows, ([status, headers, contact, limited]) => {
    assertEquals(readLimit({ status, headers }, contact, 0), limited, `${status}`);
  });
});

Deno.test("parseRetryAfter() reads seconds and dates", async (test) => {
  using _clock = skipWaits();
  const now = Date.UTC(2026, 2, 1, 12, 0, 0);
  const rows: readonly [value: string, ms: number | undefined][] = [
    ["0", 0],
    [" 120 ", 120_000],
    ["Sun, 01 Mar 2026 12:00:30 GMT", 30_000],
    ["Sun, 01 Mar 2026 11:00:00 GMT", 0],
    ["soon", undefined],
    ["-1", undefined],
    ["1.5", undefined],
    ["99999999999999", 999_999_999_000],
    ["", undefined],
  ];
  await stepRows(test, rows, ([value, ms]) => {
    assertEquals(parseRetryAfter([["Retry-After", value]], now), ms, JSON.stringify(value));
  });
  assertEquals(parseRetryAfter([], now), undefined);
});
