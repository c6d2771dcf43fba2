import { assert, assertEquals } from "@std/assert";
import type { ProbeResult } from "../../lib/result.ts";
import { runScript } from "../_process.ts";

const PROBES = `
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => new Response("hi"));
  const rows = [];
  for (let i = 0; i < 5; i++) rows.push(await it.probe("http://127.0.0.1:" + server.addr.port + "/"));
  console.log(JSON.stringify(rows));
  await server.shutdown();
`;

Deno.test("probe() gives phases and time of its own that add up to the total, from the first one on", async () => {
  const { stdout, stderr } = await runScript("lib/probe.ts", PROBES);
  assertEquals(stderr, "");
  const rows: ProbeResult[] = JSON.parse(stdout);
  for (const { timings: { connect, send, wait, receive, own, total } } of rows) {
    assert(own! >= 0 && own! <= total);
    assert(Math.abs(connect! + send! + wait! + receive! + own! - total) < 1e-6);
  }
});
