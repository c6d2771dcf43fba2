import { assert, assertEquals } from "@std/assert";
import { honest } from "../conn/_honest.ts";
import { startLiar } from "../conn/_liar.ts";
import { startPeer } from "../peer/peer.ts";
import { run } from "./_run.ts";
import { stepRows } from "../_test_rows.ts";
import { skipWaits } from "../_skipped_waits.ts";

/** The part of an entry that the tests check. */
interface Entry {
  readonly pageref?: string;
  readonly startedDateTime: string;
  readonly timings: { readonly connect: number };
  readonly _connection: { readonly reused: boolean };
  readonly connection?: string;
  readonly request: {
    readonly method: string;
    readonly httpVersion: string;
    readonly headers: readonly { readonly name: string; readonly value: string }[];
    readonly headersSize: number;
    readonly bodySize: number;
  };
  readonly response: { readonly status: number };
}

interface Page {
  readonly id: string;
  readonly startedDateTime: string;
  readonly _experiment: string;
  readonly _outcome?: string;
  readonly _entriesLeftOut: number;
}

interface RunHar {
  readonly code: number;
  readonly entries: Entry[];
  readonly pages: Page[];
}

/** Runs a command line that writes a HAR, to stdout or a file, and has it validated. */
async function runHar(args: readonly string[], file?: string): Promise<RunHar> {
  const { code, stdout, stderr } = await run([...args, "--format", "har"]);
  const text = file === undefined ? stdout : await Deno.readTextFile(file);
  assert(text !== "", stderr);
  assert(!/secret|c2VjcmV0|bWU6c2Vj/.test(text), text);
  const { default: validator } = await import("../har_validator.ts");
  const data = JSON.parse(text) as { log: { entries: Entry[]; pages?: Page[] } };
  await (validator as { har(data: unknown): Promise<unknown> }).har(data);
  return { code, entries: data.log.entries, pages: data.log.pages ?? [] };
}

const GET = { expect: "\r\n\r\n" };
const KEPT = { send: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi" };
const LAST = { send: "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi" };
const AWAY = { send: "HTTP/1.1 302 Found\r\nLocation: /b\r\nConnection: close\r\nContent-Length: 0\r\n\r\n" };

function fieldsOf({ request }: Entry): Record<string, string> {
  return Object.fromEntries(request.headers.map(({ name, value }) => [name, value]));
}

Deno.test("--format har contains the request of each hop, with masked credentials", async () => {
  using _clock = skipWaits();
  await using peer = await startPeer([[GET, { expect: "a=1" }, AWAY], [GET, LAST]]);
  const url = `http://127.0.0.1:${peer.port}/a?q=1&q=2`;
  const { code, entries } = await runHar(
    ["-L", "-u", "me:secret", "-H", "Cookie: a=secret", "-d", "a=1", url],
  );
  assertEquals(code, 0);
  assertEquals(
    entries.map(({ request: { method, httpVersion, bodySize }, response: { status } }) => [
      method,
      httpVersion,
      bodySize,
      status,
    ]),
    [["POST", "HTTP/1.1", 3, 302], ["GET", "HTTP/1.1", 0, 200]],
  );
  for (const [index, entry] of entries.entries()) {
    const { Authorization, Cookie } = fieldsOf(entry);
    assertEquals([Authorization, Cookie], ["***", "***"]);
    const { headersSize, bodySize } = entry.request;
    assertEquals(headersSize + bodySize, peer.connections[index]?.received.length);
  }
});

Deno.test("--format har masks an Authorization of -H, and contains every request of a series", async () => {
  using _clock = skipWaits();
  await using peer = await startPeer([GET, KEPT, GET, KEPT, GET, LAST]);
  const url = `http://127.0.0.1:${peer.port}/`;
  const { entries } = await runHar(
    ["-n", "3", "--reuse", "-H", "authorization: Bearer secret", "--http1.0", url],
  );
  assertEquals(new Set(entries.map(({ connection }) => connection)).size, 1);
  for (const entry of entries) {
    assertEquals([entry.request.httpVersion, fieldsOf(entry)["authorization"]], ["HTTP/1.0", "***"]);
  }
  assertEquals(entries.length, 3);
});

Deno.test("--format har contains no request if none was sent", async () => {
  using _clock = skipWaits();
  const { code, entries: [entry] } = await runHar(["http://127.0.0.1:1/"]);
  const { request, response } = entry!;
  assertEquals([code, request.headers, request.headersSize, request.bodySize, response.status], [
    1,
    [],
    -1,
    -1,
    0,
  ]);
});

Deno.test("sonde batch and sonde watch --once include the sent request in HAR only", async (test) => {
  using _clock = skipWaits();
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    () => new Response("hi"),
  );
  const url = `http://127.0.0.1:${server.addr.port}/`;
  const folder = await Deno.makeTempDir({ prefix: "sonde-" });
  try {
    const list = `${folder}/list`;
    await Deno.writeTextFile(list, `${url}\n${url}2\n`);
    const checks = `${folder}/checks.json`;
    const key = `\${file:${folder}/key}`;
    const headers = { "X-Key": key, "Authorization": `Bearer ${key}`, "X-Plain": "1" };
    await Deno.writeTextFile(`${folder}/key`, "secret-of-the-file");
    await Deno.writeTextFile(checks, JSON.stringify({ checks: [{ name: "a", url, headers }] }));
    const rows: [args: string[], requests: number][] = [
      [["batch", "-H", "X-Plain: 1", list], 2],
      [["watch", "--once", checks], 1],
    ];
    await stepRows(test, rows, async ([args, requests]) => {
      const { entries } = await runHar(args);
      assertEquals(entries.map((entry) => fieldsOf(entry)["X-Plain"]), Array(requests).fill("1"));
      const { stdout } = await run([...args, "--json"]);
      assert(!stdout.includes("headBytes") && !stdout.includes("X-Plain"), stdout);
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("sonde conn --format har contains a page for each experiment, with masked credentials", async () => {
  using _clock = skipWaits();
  await using first = await startLiar((connection) => honest(connection));
  await using second = await startLiar((connection) => honest(connection));
  const only = "keep-alive,close,head,pipelining,max-requests";
  const args = ["conn", "-q", "-u", "me:secret", "-H", "Cookie: a=secret", "--only", only, "--max-requests"];
  const folder = await Deno.makeTempDir({ prefix: "sonde-" });
  try {
    const file = `${folder}/conn.har`;
    const { code, entries, pages } = await runHar([...args, "50", "-o", file, first.url, second.url], file);
    assertEquals(code, 0);
    const told = pages.map((page) => [page.id, page._outcome, page._entriesLeftOut]);
    const expected = [1, 2].flatMap((number) => [
      [`${number}-contact`, undefined, 0],
      [`${number}-keep-alive`, "yes", 0],
      [`${number}-close`, "honoured", 0],
      [`${number}-head`, "consistent", 0],
      [`${number}-pipelining`, "full", 0],
      [`${number}-max-requests`, "unlimited", 10],
    ]);
    assertEquals(told.toSorted(), expected.toSorted());
    for (const page of pages) {
      const own = entries.filter(({ pageref }) => pageref === page.id);
      assert(own.length > 0, page.id);
      assertEquals(page.startedDateTime, own.map(({ startedDateTime }) => startedDateTime).sort()[0]);
      for (const entry of own) {
        const { Authorization, Cookie } = fieldsOf(entry);
        assertEquals([Authorization, Cookie, entry.request.bodySize, entry.response.status], [
          "***",
          "***",
          0,
          200,
        ]);
        assert(Number(entry.connection) > 0);
        // -1 marks a phase that does not apply, such as connect on a reused connection.
        assertEquals(entry.timings.connect === -1, entry._connection.reused);
      }
    }
    const [one, two] = entries.filter(({ pageref }) => pageref === "1-head");
    assertEquals([one?.connection === two?.connection, two?.request.method], [true, "HEAD"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("sonde conn --format har distinguishes connections through a Unix socket", async () => {
  using _clock = skipWaits();
  const folder = await Deno.makeTempDir({ prefix: "sonde-" });
  try {
    const path = `${folder}/socket`;
    await using _server = Deno.serve({ path, onListen() {} }, () => new Response("hi"));
    const { entries } = await runHar(["conn", "--unix-socket", path, "--only", "close", "http://h/"]);
    const connections = entries.filter(({ pageref }) => pageref === "1-close").map((it) => it.connection);
    assert(new Set(connections).size > 1 && connections.includes("1-close#1"), connections.join(" "));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("sonde conn includes exchanges in HAR only, even one with an unreachable server", async (test) => {
  using _clock = skipWaits();
  await using liar = await startLiar((connection) => honest(connection));
  await stepRows(test, [["--json"], ["--format", "md"], ["-v"]], async (args) => {
    const { stdout } = await run(["conn", "--only", "head", ...args, liar.url]);
    assert(stdout.length > 0 && !stdout.includes("exchanges"), stdout);
  });
  const { code, entries, pages } = await runHar(["conn", "http://127.0.0.1:1/"]);
  assertEquals([code, pages.map(({ id }) => id), entries.map(({ request }) => request.headersSize)], [
    1,
    ["1-contact"],
    [-1],
  ]);
});
