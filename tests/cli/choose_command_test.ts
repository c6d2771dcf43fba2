import { assertEquals, assertThrows } from "@std/assert";
import { chooseCommand, refuseMisplacedCommand } from "../../lib/cli/choose_command.ts";
import { UsageError } from "../../lib/cli/usage_error.ts";

Deno.test("chooseCommand() takes the command that is named, or else probe", { permissions: "none" }, () => {
  const rows: [args: string[], name: string, rest: string[]][] = [
    [[], "probe", []],
    [["probe", "h"], "probe", ["h"]],
    [["example.com"], "probe", ["example.com"]],
    [["localhost"], "probe", ["localhost"]],
    [["db"], "probe", ["db"]],
    [["http://prob/"], "probe", ["http://prob/"]],
    [["prob.example"], "probe", ["prob.example"]],
    [["-k", "prob"], "probe", ["-k", "prob"]],
    [["--help"], "probe", ["--help"]],
    [["help"], "probe", ["--help"]],
    [["help", "probe"], "probe", ["--help"]],
  ];
  for (const [args, name, rest] of rows) {
    const chosen = chooseCommand(args);
    assertEquals([chosen.command.name, chosen.rest], [name, rest], args.join(" "));
  }
});

Deno.test("chooseCommand() refuses a command with a typing error", { permissions: "none" }, () => {
  for (const word of ["prob", "porbe", "Probe", "probee"]) {
    assertThrows(
      () => chooseCommand([word, "h"]),
      UsageError,
      `Unknown command ${word}: the nearest one is probe (a host of that name is written http://${word}/)`,
    );
  }
});

Deno.test("refuseMisplacedCommand() refuses a command behind flags", { permissions: "none" }, () => {
  assertThrows(
    () => refuseMisplacedCommand(["-k", "probe", "h"], ["probe", "h"]),
    UsageError,
    "The command comes first: sonde probe …",
  );
  for (const [args, operands] of [[["probe", "probe"], ["probe"]], [["-k", "h"], ["h"]], [[], []]]) {
    refuseMisplacedCommand(args ?? [], operands ?? []);
  }
});
