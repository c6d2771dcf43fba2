import { assert, assertEquals } from "@std/assert";
import { profileConnection } from "../../lib/conn/profile.ts";
import type { ProfileOptions } from "../../lib/conn/options.ts";
import type { ConnectionProfile, KeptExchange } from "../../lib/result.ts";
import { answerTo, honest, wantsClose } from "./_honest.ts";
import { type Conduct, reply, startLiar } from "./_liar.ts";
import { stepRows, testRows } from "../_test_rows.ts";
import { skipWaits } from "../_skipped_waits.ts";

async function keep(conduct: Conduct, options: ProfileOptions): Promise<ConnectionProfile> {
  await using liar = await startLiar(conduct);
  return await profileConnection(`${liar.url}a?b`, { keepExchanges: true, ...options });
}

function keptBy(profile: ConnectionProfile, experiment: string): KeptExchange[] {
  return profile.exchanges?.[experiment]?.kept ?? [];
}

Deno.test("profileConnection() keeps no exchanges by default", async () => {
  using _clock = skipWaits();
  const profile = await keep((connection) => honest(connection), { only: ["head"], keepExchanges: false });
  assertEquals([profile.experiments["head"]?.outcome, profile.exchanges], ["consistent", undefined]);
});

Deno.test("profileConnection() keeps the exchanges of each experiment, each request with its answer", async () => {
  using _clock = skipWaits();
  const profile = await keep((connection) => honest(connection), {
    only: ["keep-alive", "close", "head", "pipelining", "http10"],
    credentials: { user: "me", password: "secret" },
    headers: [["Cookie", "a=secret"]],
  });
  assertEquals(Object.keys(profile.exchanges ?? {}), [
    "contact",
    "keep-alive",
    "close",
    "http10",
    "head",
    "pipelining",
  ]);
  for (const [name, { kept, leftOut }] of Object.entries(profile.exchanges!)) {
    assert(kept.length > 0 && leftOut === 0, name);
    for (const { request, ok, status, body, connection, timings } of kept) {
      assertEquals([ok, status, body?.complete, request?.complete, request?.bodyBytes], [
        true,
        200,
        true,
        true,
        0,
      ]);
      const fields = new Map(request?.headers);
      assertEquals([fields.get("Authorization"), fields.get("Cookie")], ["***", "***"]);
      assertEquals(connection?.reused, connection?.requestNumber !== 1);
      const { connect, send, wait, receive, total } = timings;
      assertEquals(connect !== undefined, !connection?.reused, "only the first has opened the connection");
      const phases = (connect ?? 0) + (send ?? NaN) + (wait ?? NaN) + (receive ?? NaN);
      assert(phases >= 0 && phases <= total + 1, `${name}: ${JSON.stringify(timings)}`);
    }
    const times = kept.map(({ startedAt }) => startedAt);
    assertEquals(times, times.toSorted());
  }
  const text = JSON.stringify(profile.exchanges);
  assert(!text.includes("secret") && !text.includes("bWU6"));
  assertEquals(keptBy(profile, "head").map(({ method }) => method), ["GET", "HEAD", "GET"]);
  assertEquals(new Set(keptBy(profile, "http10").map(({ request }) => request?.version)).has("1.0"), true);
  assert(keptBy(profile, "close").every(({ connection }) => connection?.end.how === "fin"));
});

Deno.test("profileConnection() pairs pipelined requests with their answers", async (test) => {
  using _clock = skipWaits();
  const profile = await keep(async (connection) => {
    for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
      const answer = answerTo(head);
      // The answer to the second of three stands for itself.
      connection.send(head.includes("-2x") ? answer.replace("200 OK", "203 Other") : answer);
    }
  }, { only: ["pipelining"] });
  const [one, ...others] = Map.groupBy(keptBy(profile, "pipelining"), (it) => it.connectionNumber).values();
  assertEquals(others.length, 2);
  await stepRows(test, [one!, ...others], (burst) => {
    assertEquals(burst.map(({ request, status }) => [request?.target?.at(-2), status]), [
      ["1", 200],
      ["2", 203],
      ["3", 200],
    ]);
    assertEquals(burst.map(({ connection }) => connection?.requestNumber), [1, 2, 3]);
    assertEquals(new Set(burst.map(({ connection }) => connection?.local.port)).size, 1);
  });
});

testRows<[name: string, last: string, error: string, phase: string, status?: number]>(
  "profileConnection() describes what it received in an exchange without an answer",
  [
    ["a close", "", "closed", "wait"],
    ["half of an answer", "HTTP/1.1 203 OK\r\nContent-Length: 9\r\n\r\nhi", "truncated", "body", 203],
    ["no HTTP", "SSH-2.0-server\r\n", "syntax", "wait"],
  ],
  async ([name, last, error, phase, status]) => {
    using _clock = skipWaits();
    const profile = await keep(async (connection) => {
      let before = "";
      for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
        const bad = before.startsWith("HEAD ");
        before = head;
        if (last !== "" || !bad) connection.send(bad ? last : answerTo(head));
        if (bad) return;
      }
    }, { only: ["head"] });
    const exchange = keptBy(profile, "head").find(({ connection }) => connection?.requestNumber === 3);
    assertEquals(
      [exchange?.ok, exchange?.error?.kind, exchange?.error?.phase, exchange?.status, exchange?.method],
      [false, error, phase, status, "GET"],
      name,
    );
  },
);

Deno.test("profileConnection() keeps the first and last of many exchanges, and cuts long ones", async () => {
  using _clock = skipWaits();
  const profile = await keep((connection) => honest(connection), {
    only: ["max-requests"],
    maxRequests: 60,
    headers: [["X-Long", "x".repeat(5_000)]],
  });
  const { kept, leftOut } = profile.exchanges!["max-requests"]!;
  const numbers = kept.map(({ connection }) => connection!.requestNumber);
  assertEquals([kept.length, leftOut], [40, 20]);
  assertEquals(numbers, [...Array(20).keys().map((it) => it + 1), ...Array(20).keys().map((it) => it + 41)]);
  const [value] = kept[0]!.request!.headers!.filter(([name]) => name === "X-Long").map(([, it]) => it);
  assertEquals([kept[0]?.shortened, value], [true, `${"x".repeat(1_000)}... 4,000 octets more`]);
  assert(kept[0]!.request!.headBytes! > 5_000);
});

Deno.test("profileConnection() shows the octets of malformed requests", async () => {
  using _clock = skipWaits();
  const profile = await keep(async (connection) => {
    // The server soon refuses a request whose end it cannot find, too.
    const head = await Promise.race([connection.request(), connection.pause(300).then(() => "")]);
    if (head === undefined) return;
    if (!/^GET \S+ HTTP\/1\.1\r\nHost: \S+(?:\r\n[\w-]+: [^\r\n]*)*$/.test(head)) {
      connection.send(reply("no", "Connection: close").replace("200 OK", "400 Bad Request"));
      return;
    }
    connection.send(answerTo(head));
    if (!wantsClose(head)) await honest(connection);
  }, {
    only: ["leniency", "desync"],
    intrusive: true,
    ownHost: true,
    credentials: { user: "me", password: "secret" },
  });
  const odd = [...keptBy(profile, "leniency"), ...keptBy(profile, "desync")].filter(({ request }) =>
    request?.excerpt !== undefined
  );
  assert(odd.length > 15, `${odd.length}`);
  assert(odd.some(({ request }) => request?.method === undefined && request?.headBytes === 0));
  assert(odd.every(({ request }) => request!.headBytes! + request!.bodyBytes! > 0));
  const coded = keptBy(profile, "desync").flatMap(({ request }) => request?.deviations ?? []);
  assert(coded.length > 5, coded.join(" "));
  assert(!JSON.stringify(profile).includes("bWU6"));
});

Deno.test("profileConnection() keeps the first contact if the server is unreachable", async () => {
  using _clock = skipWaits();
  const profile = await profileConnection("http://127.0.0.1:1/", { keepExchanges: true });
  assertEquals(profile.error?.kind, "refused");
  assertEquals(Object.keys(profile.exchanges ?? {}), ["contact"]);
  assertEquals(keptBy(profile, "contact").map(({ request, error }) => [request, error?.kind]), [[
    { sentBytes: 0, complete: false },
    "refused",
  ]]);
});

Deno.test("profileConnection() masks credentials in its evidence", async () => {
  using _clock = skipWaits();
  await using liar = await startLiar((connection) => honest(connection));
  const profile = await profileConnection(liar.url, {
    only: ["head", "pipelining"],
    credentials: { user: "me", password: "secret" },
    headers: [["Cookie", `a=secret${"x".repeat(400)}`], ["proxy-authorization", "secret"]],
  });
  const { evidence } = profile.experiments["head"]!;
  const sent = evidence.filter((line) => line.includes(" > "));
  assert(
    sent.length === 3 && sent.every((line) => line.includes("\\r\\nAuthorization: ***\\r\\n")),
    sent.join("\n"),
  );
  assert(
    sent.every((line) => line.includes("\\r\\nCookie: ***\\r\\nproxy-authorization: ***\\r\\n")),
    sent.join("\n"),
  );
  const text = JSON.stringify(profile);
  assert(!text.includes("secret") && !text.includes("bWU6"));
});
