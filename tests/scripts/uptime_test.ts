import { assertEquals, assertMatch } from "@std/assert";

const SCRIPT = new URL("../../scripts/uptime.ts", import.meta.url).pathname;

async function uptime(...urls: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--allow-net=127.0.0.1", SCRIPT, ...urls],
    env: { NO_COLOR: "1" },
    signal: AbortSignal.timeout(60_000),
  }).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

Deno.test("scripts/uptime.ts has a line for each URL, and a code for all of them", async () => {
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
