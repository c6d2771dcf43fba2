import { assert, assertEquals } from "@std/assert";
import { COMMANDS, DEFAULT_COMMAND } from "../../lib/cli/commands.ts";
import { testRows } from "../_test_rows.ts";

Deno.test("COMMANDS has exactly one row for each folder of commands/", () => {
  const folders = [...Deno.readDirSync(new URL("../../lib/cli/commands/", import.meta.url))];
  assertEquals(COMMANDS.map(({ name }) => name).toSorted(), folders.map(({ name }) => name).toSorted());
});

testRows("COMMANDS have a test file each", COMMANDS, ({ name }) => {
  const path = `commands/${name}/command_test.ts`;
  const text = Deno.readTextFileSync(new URL(path, import.meta.url));
  assert(
    text.includes(`"${name}"`) || name === DEFAULT_COMMAND.name,
    `tests/cli/${path} runs ${name} nowhere`,
  );
});

testRows(
  "COMMANDS complete the names of files where an operand is a file",
  COMMANDS.filter(({ operands }) => /FILE|DB|BEFORE/.test(operands)),
  ({ completes }) => assertEquals(completes, "files"),
);
