import { assert, assertEquals } from "@std/assert";
import { startPeer } from "../peer/peer.ts";
import { run } from "./_run.ts";

/** What the tests look at in an entry. */
interface Entry {
  readonly time: number;
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

/** Runs a command line that writes a HAR, has it validated, and gives its entries. */
async function runHar(args: readonly string[]): Promise<{ code: number; entries: Entry[] }> {
  const { code, stdout } = await run([...args, "--format", "har"]);
  assert(!/secret|c2VjcmV0|OnNlY3JldA/.test(stdout), stdout);
  const { default: validator } = await import("har-validator");
  const data = JSON.parse(stdout) as { log: { entries: Entry[] } };
  await (validator as { har(data: unknown): Promise<unknown> }).har(data);
  return { code, entries: data.log.entries };
}

const GET = { expect: "\r\n\r\n" };
const KEPT = { send: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi" };
const LAST = { send: "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi" };
const AWAY = { send: "HTTP/1.1 302 Found\r\nLocation: /b\r\nConnection: close\r\nContent-Length: 0\r\n\r\n" };

function fieldsOf({ request }: Entry): Record<string, string> {
  return Object.fromEntries(request.headers.map(({ name, value }) => [name, value]));
}

Deno.test("--format har has the request of each hop, credentials masked", async () => {
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

Deno.test("--format har masks an Authorization of -H, and has every request of a series", async () => {
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

Deno.test("--format har has no request where none was sent", async () => {
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

Deno.test("sonde batch and sonde watch --once have requests in HAR, and in no other format", async () => {
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
    for (const [args, requests] of rows) {
      const { entries } = await runHar(args);
      assertEquals(entries.map((entry) => fieldsOf(entry)["X-Plain"]), Array(requests).fill("1"));
      const { stdout } = await run([...args, "--json"]);
      assert(!stdout.includes('"request":'), stdout);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
