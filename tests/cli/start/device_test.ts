import { assertEquals, assertThrows } from "@std/assert";
import { fileFault, MissingPermission, requireFileAccess } from "../../../lib/cli/local_fault.ts";
import { testRows } from "../../_test_rows.ts";

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

testRows<[path: string, flag: string]>(
  "requireFileAccess() names the flag with which Deno opens a device",
  [
    ["/dev/stderr", "--allow-all"],
    ["/dev/fd/3", "--allow-all"],
    ["/proc/self/fd/3", "--allow-all"],
    ["/dev/null", "--allow-write=/dev/null"],
    ["/device", "--allow-write=/device"],
  ],
  ([path, flag]) => {
    const error = assertThrows(() => requireFileAccess("write", path), MissingPermission);
    assertEquals(error.message, `Cannot write ${path}: this needs ${flag}`);
  },
  { permissions: "none" },
);
