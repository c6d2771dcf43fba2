import { assertEquals } from "@std/assert";
import { COMMANDS } from "../../lib/cli/commands.ts";

Deno.test("COMMANDS has a row for each folder of commands/, and a folder for each row", () => {
  const folders = [...Deno.readDirSync(new URL("../../lib/cli/commands/", import.meta.url))];
  assertEquals(COMMANDS.map(({ name }) => name).toSorted(), folders.map(({ name }) => name).toSorted());
});
