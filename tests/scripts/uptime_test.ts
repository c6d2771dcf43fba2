import { assertEquals, assertMatch } from "@std/assert";
import { testRows } from "../_test_rows.ts";

const SCRIPT = new URL("../../scripts/uptime.ts", import.meta.url).pathname;

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function start(permissions: string[], urls: string[]): Promise<Outcome> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", ...permissions, SCRIPT, ...urls],
    env: { NO_COLOR: "1" },
    signal: AbortSignal.timeout(300_000),
  }).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

async function uptime(...urls: string[]): Promise<Outcome> {
  return await start(["--allow-net=127.0.0.1"], urls);
}

Deno.test("scripts/uptime.ts prints a line for each URL, and ends with a code for all", async () => {
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    return new Response("hi", { status: new URL(request.url).pathname === "/down" ? 503 : 200 });
  });
  const url = `http://127.0.0.1:${server.addr.port}/`;
  const good = await uptime(url, url);
  assertEquals([good.code, good.stderr], [0, ""]);
  assertMatch(good.stdout, /^(?:up {3}\d+ ms http:\/\/127\.0\.0\.1:\d+\/ \n){2}$/);
  const bad = await uptime(url, `${url}down`, "http://127.0.0.1:1/");
  assertEquals([bad.code, bad.stderr], [1, ""]);
  assertMatch(
    bad.stdout,
    /^up .*\nDOWN .*\/down not status < 400 \(found 503\)\nDOWN .* Cannot connect .*\n$/,
  );
});

Deno.test("scripts/uptime.ts does not call a server down if it lacks the permission to probe it", async () => {
  const { code, stdout, stderr } = await start([], ["http://127.0.0.1:1/"]);
  assertEquals([code, stderr], [3, ""]);
  assertMatch(stdout, /^unknown \d+ ms .*--allow-net=127\.0\.0\.1:1\n$/);
});

Deno.test("scripts/uptime.ts explains its usage without any URL", async () => {
  const { code, stdout, stderr } = await uptime();
  assertEquals([code, stdout, stderr], [2, "", "Usage: uptime.ts URL…\n"]);
});

testRows<[urls: string[], code: number, stdout: RegExp]>(
  "scripts/uptime.ts prints a line for an invalid URL, and ends with 1 if another URL is down and else with 3",
  [
    [["ftp://127.0.0.1/"], 3, /^unknown 0 ms ftp:.*\n$/],
    [["ftp://127.0.0.1/", "http://127.0.0.1:1/"], 1, /^unknown 0 ms ftp:.*\nDOWN \d+ ms http:.*\n$/],
    [["http://127.0.0.1:1/", "ftp://127.0.0.1/"], 1, /^DOWN \d+ ms http:.*\nunknown 0 ms ftp:.*\n$/],
  ],
  async ([urls, code, stdout]) => {
    const outcome = await uptime(...urls);
    assertEquals([outcome.code, outcome.stderr], [code, ""]);
    assertMatch(outcome.stdout, stdout);
  },
);
