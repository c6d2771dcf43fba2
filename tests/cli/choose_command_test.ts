import { assertEquals, assertThrows } from "@std/assert";
import { chooseCommand, refuseMisplacedCommand } from "../../lib/cli/choose_command.ts";
import { UsageError } from "../../lib/cli/usage_error.ts";
import { testRows } from "../_test_rows.ts";

testRows<[args: string[], name: string, rest: string[]]>(
  "chooseCommand() takes the named command, and probe by default",
  [
    [[], "probe", []],
    [["probe", "h"], "probe", ["h"]],
    [["example.com"], "probe", ["example.com"]],
    [["localhost"], "probe", ["localhost"]],
    [["db"], "probe", ["db"]],
    [["GET", "http://h/"], "probe", ["GET", "http://h/"]],
    [["http://prob/"], "probe", ["http://prob/"]],
    [["prob.example"], "probe", ["prob.example"]],
    [["-k", "prob"], "probe", ["-k", "prob"]],
    [["--help"], "probe", ["--help"]],
    [["help"], "help", []],
    [["help", "probe"], "help", ["probe"]],
    [["version"], "version", []],
    [["http://version/"], "probe", ["http://version/"]],
  ],
  ([args, name, rest]) => {
    const chosen = chooseCommand(args);
    assertEquals([chosen.command.name, chosen.rest], [name, rest], args.join(" "));
  },
  { permissions: "none" },
);

testRows(
  "chooseCommand() refuses a misspelt command",
  ["prob", "porbe", "Probe", "probee"],
  (word) => {
    assertThrows(
      () => chooseCommand([word, "h"]),
      UsageError,
      `Unknown command ${word}: the nearest one is probe (a host of that name is written http://${word}/)`,
    );
  },
  { permissions: "none" },
);

Deno.test("refuseMisplacedCommand() refuses a command after flags", { permissions: "none" }, () => {
  assertThrows(
    () => refuseMisplacedCommand(["-k", "probe", "h"], ["probe", "h"]),
    UsageError,
    "Cannot take a command after flags: write sonde probe first",
  );
  for (const [args, operands] of [[["probe", "probe"], ["probe"]], [["-k", "h"], ["h"]], [[], []]]) {
    refuseMisplacedCommand(args ?? [], operands ?? []);
  }
});
