import { assert, assertEquals } from "@std/assert";
import { describeExperiments, replacePart } from "../../bench/_behaviour_page.ts";
import { stepRows } from "../_test_rows.ts";

Deno.test("docs/connection-behaviour.md describes the experiments as they are", async (test) => {
  const page = await Deno.readTextFile(new URL("../../docs/connection-behaviour.md", import.meta.url));
  // Run bench/connection_behaviour.ts, or put the part there by hand, when this fails.
  assertEquals(replacePart(page, "experiments", describeExperiments()), page);
  await stepRows(test, ["nginx", "Apache", "lighttpd", "Caddy", "Node", "HAProxy"], (server) => {
    assert(new RegExp(`^### ${server}`, "m").test(page), `${server} has its section`);
  });
});
