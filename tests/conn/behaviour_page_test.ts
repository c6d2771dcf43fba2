import { assert, assertEquals } from "@std/assert";
import { describeExperiments, replacePart } from "../../bench/_behaviour_page.ts";
import { stepRows } from "../_test_rows.ts";

const PAGE = new URL("../../docs/connection-behaviour.md", import.meta.url);

Deno.test("docs/connection-behaviour.md matches the experiments; UPDATE_EXPERIMENTS=1 rewrites it", async (test) => {
  const page = await Deno.readTextFile(PAGE);
  const current = replacePart(page, "experiments", describeExperiments());
  if (Deno.env.get("UPDATE_EXPERIMENTS") === "1") await Deno.writeTextFile(PAGE, current);
  else assertEquals(current, page);
  await stepRows(test, ["nginx", "Apache", "lighttpd", "Caddy", "Node", "HAProxy"], (server) => {
    assert(new RegExp(`^### ${server}`, "m").test(page), `${server} has its section`);
  });
});
