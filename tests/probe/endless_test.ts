import { assert, assertEquals } from "@std/assert";
import { probeAll } from "../../lib/batch.ts";
import { download } from "../../lib/download.ts";
import { probe } from "../../lib/probe.ts";
import type { ProbeResult } from "../../lib/result.ts";
import { withFolder } from "../_folder.ts";

interface EndlessServer extends AsyncDisposable {
  readonly origin: string;
}

async function startEndless(): Promise<EndlessServer> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-net=127.0.0.1", new URL("_endless_child.ts", import.meta.url).href],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const reader = child.stdout.getReader();
  const { value } = await reader.read();
  return {
    origin: `http://127.0.0.1:${Number(new TextDecoder().decode(value))}`,
    async [Symbol.asyncDispose]() {
      await child.stdin.close();
      await reader.cancel();
      await child.status;
    },
  };
}

/** However busy this machine is, the peer gets its whole limit. */
const LIMITS = { maxTime: 2_000, maxBody: Infinity, lostTimeAllowance: 20 };

Deno.test("probe() ends an endless answer at its limit, and blames the target", async () => {
  await using endless = await startEndless();
  const { error, timings } = await probe(`${endless.origin}/`, LIMITS);
  assertEquals([error?.kind, error?.phase, error?.by], ["timeout", "body", "target"]);
  assert(timings.lag! < timings.total, `${timings.lag} of ${timings.total} ms`);
});

Deno.test("probeAll() gets every good answer while other peers never pause", async () => {
  await using endless = await startEndless();
  await using good = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async () => {
    await new Promise((resolve) => setTimeout(resolve, 200));
    return new Response("good");
  });
  const targets = Array.from({ length: 60 }, (_, i) => `http://127.0.0.1:${good.addr.port}/${i}`);
  for (const at of [0, 20, 40]) targets.splice(at, 0, `${endless.origin}/${at}`);
  const rows: ProbeResult[] = [];
  for await (const row of probeAll(targets, { ...LIMITS, perHost: 50 })) rows.push(row);
  const outcomes = Object.groupBy(
    rows,
    ({ status, error }) => error ? `${error.kind} by ${error.by}` : `${status}`,
  );
  const counts = Object.fromEntries(Object.entries(outcomes).map(([name, them]) => [name, them?.length]));
  assertEquals(counts, { "200": 60, "timeout by target": 3 });
});

Deno.test("download() ends an endless answer at its limit, and blames the target", async () => {
  await using endless = await startEndless();
  await withFolder(async (folder) => {
    const { error, exchanges } = await download(`${endless.origin}/`, {
      file: `${folder}/f`,
      ...LIMITS,
      maxTime: 600,
    });
    assertEquals([error?.kind, error?.phase, error?.by], ["timeout", "body", "target"]);
    const { lag, total } = exchanges[0]!.timings;
    assert(lag! < total, `${lag} of ${total} ms`);
  });
});
