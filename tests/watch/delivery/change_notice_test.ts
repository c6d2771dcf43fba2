import { assertEquals } from "@std/assert";
import { changeNotice } from "../../../lib/watch/delivery/change_notice.ts";
import { runAt } from "../_samples.ts";

Deno.test("changeNotice() rounds the duration to microseconds", { permissions: "none" }, () => {
  const change = { kind: "down", from: "up", to: "down", at: "", since: "", cause: "" } as const;
  const { result } = runAt(0, "up", { timings: { total: 10.493457000000035 } });
  assertEquals(changeNotice({ name: "shop", url: "http://a.test/", tags: [] }, change, result).total, 10.493);
});
