import { assertEquals, assertMatch } from "@std/assert";
import { blameLag } from "../../lib/watch/blame_lag.ts";
import type { ErrorKind, Fault } from "../../lib/result.ts";
import { refusedResult } from "../report/_samples.ts";

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
    const error = {
      kind,
      phase: "wait",
      by: "target",
      message: "the 1s for the whole exchange are over",
    } as const;
    const result = refusedResult({ error, timings: { total: 1000, ...(lag !== undefined && { lag }) } });
    const blamed = blameLag(result, 1000);
    assertEquals(blamed.error?.by, by, `${kind} ${lag}`);
    if (by === "local") assertMatch(blamed.error!.message, /are over; for \d+ ms of these this process/);
    else assertEquals(blamed, result);
  }
});
