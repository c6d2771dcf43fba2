import { assert, assertEquals } from "@std/assert";
import { describeExperiments, replacePart } from "../../bench/_behaviour_page.ts";

Deno.test("docs/connection-behaviour.md describes the experiments as they are", async () => {
  const page = await Deno.readTextFile(new URL("../../docs/connection-behaviour.md", import.meta.url));
  // Run bench/connection_behaviour.ts, or put the part there by hand, when this fails.
  assertEquals(replacePart(page, "experiments", describeExperiments()), page);
  for (const server of ["nginx", "Apache", "lighttpd", "Caddy", "Node", "HAProxy"]) {
    assert(new RegExp(`^### ${server}`, "m").test(page), `${server} has its section`);
  }
});
