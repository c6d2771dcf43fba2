import { assertEquals, assertMatch } from "@std/assert";
import { blameLag } from "../../lib/probe/blame_lag.ts";
import { probe } from "../../lib/probe.ts";
import type { ErrorKind, Fault } from "../../lib/result.ts";
import { startPeer } from "../peer/peer.ts";

Deno.test("blameLag() takes a timeout for a local fault where this process was late itself", {
  permissions: "none",
}, () => {
  const rows: [kind: ErrorKind, lag: number | undefined, by: Fault][] = [
    ["timeout", undefined, "target"],
    ["timeout", 20, "target"],
    ["timeout", 499, "target"],
    ["timeout", 500, "local"],
    ["timeout", 5000, "local"],
    ["refused", 5000, "target"],
  ];
  for (const [kind, lag, by] of rows) {
    const message = "the 1s for the whole exchange are over";
    const error = { kind, phase: "wait", by: "target", message } as const;
    const blamed = blameLag(error, { total: 1000, ...(lag !== undefined && { lag }) });
    assertEquals(blamed.by, by, `${kind} ${lag}`);
    if (by === "local") assertMatch(blamed.message, /are over; for \d+ ms of these this process/);
    else assertEquals(blamed, error);
  }
});

Deno.test("probe() does not put a time on the target in which this process did not run", async () => {
  await using peer = await startPeer([[{ expect: "\r\n\r\n" }, { stall: true }]]);
  const probing = probe(`http://127.0.0.1:${peer.port}/`, { maxTime: 200 });
  setTimeout(() => {
    for (const end = performance.now() + 900; performance.now() < end;);
  }, 20);
  const { ok, error } = await probing;
  assertEquals([ok, error?.kind, error?.by], [false, "timeout", "local"]);
  assertMatch(error!.message, /; for \d+ ms of these this process was not run or busy$/);
});
