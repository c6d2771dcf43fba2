import { assertEquals } from "@std/assert";
import { fileFault, MissingPermission } from "../../../lib/cli/local_fault.ts";

Deno.test("fileFault() names --allow-all for a device that Deno opens only with every permission", () => {
  const fault = fileFault(
    "write",
    "/dev/stdout",
    new Deno.errors.NotCapable('Requires all access to "/dev"'),
  );
  assertEquals([fault instanceof MissingPermission, fault.message], [
    true,
    "Cannot write /dev/stdout: this needs --allow-all",
  ]);
});
