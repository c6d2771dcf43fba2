import { assertEquals, assertRejects } from "@std/assert";
import { addExperiments, quickExperiments } from "../../lib/conn/quick.ts";
import { parseTarget } from "../../lib/target/target.ts";
import { goodResult, plainResult, refusedResult } from "../report/_samples.ts";
import { honest } from "./_honest.ts";
import { startLiar } from "./_liar.ts";
import { stepRows } from "../_test_rows.ts";
import { skipWaits } from "../_skipped_waits.ts";

const ONLY = { only: ["keep-alive"], maxTime: 5_000 };

Deno.test("addExperiments() examines the requested URL, not the target of a redirect", async (test) => {
  using _clock = skipWaits();
  await using liar = await startLiar((connection) => honest(connection));
  const connection = {
    ...plainResult().connection!,
    peer: { address: "127.0.0.1", port: liar.port, family: 4 as const },
  };
  const first = plainResult({ url: liar.url, status: 301, connection });
  const rows = [first, goodResult({ redirects: [first] })];
  await stepRows(test, rows, async (row) => {
    const { experiments, url } = await addExperiments(row, parseTarget(liar.url), ONLY);
    assertEquals([experiments?.["keep-alive"]?.outcome, url], ["yes", row.url]);
  });
});

Deno.test("addExperiments() leaves a failed row unchanged, and refuses slow experiments", async () => {
  using _clock = skipWaits();
  const row = refusedResult();
  assertEquals(await addExperiments(row, parseTarget("http://127.0.0.1:1/"), ONLY), row);
  assertEquals(quickExperiments().includes("idle-timeout"), false);
  await assertRejects(
    () => addExperiments(row, parseTarget("http://127.0.0.1:1/"), { only: ["idle-timeout"] }),
    TypeError,
    'Cannot add the experiment "idle-timeout" to each row',
  );
});
