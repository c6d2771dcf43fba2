import { assertEquals } from "@std/assert";
import { formatProfileHar } from "../../../lib/report/profile/profile_har.ts";
import { sampleProfile } from "./_profile.ts";

Deno.test("formatProfileHar() has a page for each experiment with exchanges", { permissions: "none" }, () => {
  const profile = sampleProfile({ exchanges: { "keep-alive": { kept: [], leftOut: 2 } } });
  const { log } = JSON.parse(formatProfileHar([profile, sampleProfile()]));
  const pages = log.pages.map((page: Record<string, unknown>) => [page["id"], page["_entriesLeftOut"]]);
  assertEquals(pages, [["1-keep-alive", 2]]);
  assertEquals([log.entries, log._profiles.length], [[], 2]);
});
