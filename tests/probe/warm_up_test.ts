import { assert, assertEquals } from "@std/assert";
import type { ProbeResult } from "../../lib/result.ts";
import { runScript } from "../_process.ts";
import { testRows } from "../_test_rows.ts";

const PROBES = `
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => new Response("hi"));
  const rows = [];
  for (let i = 0; i < 5; i++) rows.push(await it.probe("http://127.0.0.1:" + server.addr.port + "/"));
  console.log(JSON.stringify(rows));
  await server.shutdown();
`;

Deno.test("probe() gives phases and own time that add up to the total, even for the first probe", async () => {
  const { stdout, stderr } = await runScript("lib/probe.ts", PROBES);
  assertEquals(stderr, "");
  const rows: ProbeResult[] = JSON.parse(stdout);
  for (const { timings: { connect, send, wait, receive, own, total } } of rows) {
    assert(own! >= 0 && own! <= total);
    assert(Math.abs(connect! + send! + wait! + receive! + own! - total) < 1e-6);
  }
});

const SERIES = `
  const before = Date.now();
  const starts = [];
  for await (const { startedAt } of it.probeSeries("https://127.0.0.1:1/", { count: 2, interval: 500, reuse: REUSE })) {
    starts.push(Date.parse(startedAt));
  }
  console.log(JSON.stringify({ loading: starts[0] - before, gap: starts[1] - starts[0] }));
`;

testRows(
  "probeSeries() does not count loading before the first request as part of an interval",
  ["true", "false"],
  async (reuse) => {
    const { stdout, stderr } = await runScript("lib/probe/series.ts", SERIES.replace("REUSE", reuse));
    assertEquals(stderr, "");
    const { loading, gap }: { loading: number; gap: number } = JSON.parse(stdout);
    assert(gap > 500 - loading / 2, `${gap} ms after the first start, which came after ${loading} ms`);
  },
);
