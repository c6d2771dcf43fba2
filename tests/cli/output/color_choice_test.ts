import { assertEquals } from "@std/assert";
import { type ColorChoice, findColorChoice } from "../../../lib/cli/output/color_choice.ts";
import { testRows } from "../../_test_rows.ts";

testRows<[args: string, choice: ColorChoice]>("findColorChoice() reads the arguments", [
  ["http://a/", "auto"],
  ["--color always http://a/", "always"],
  ["--color=never http://a/", "never"],
  ["--no-color http://a/", "never"],
  ["--color always --color=never", "never"],
  ["--color always --color sometimes", "always"],
  ["--color", "auto"],
  ["-- --color=always", "auto"],
], ([args, choice]) => {
  assertEquals(findColorChoice(args.split(" ")), choice);
});
