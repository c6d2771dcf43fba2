import { assertEquals } from "@std/assert";
import { StatusLine } from "../../../lib/cli/output/status_line.ts";
import { testRows } from "../../_test_rows.ts";
import { TextOutput } from "../_run.ts";

const ERASE = "\r\x1b[K";
const ERASE_ALL = `${ERASE}\x1b7\x1b[B\x1b[J\x1b8`;

/** The octets that draw a line on an empty one. */
function drawn(text: string): string {
  // A terminal that became narrower a moment ago must not wrap it.
  return `${ERASE}\x1b[?7l${text}\r\x1b[?7h`;
}

testRows<[text: string, shown: string]>("StatusLine shows one escaped line that fits, and removes it", [
  ["", ""],
  ["7 of 10", "7 of 10"],
  ["123456789", "123456789"],
  ["1234567890", "12345678…"],
  ["\x1b[2J", "\\x1b[2J"],
  ["日本語日本", "日本語日…"],
  ["日本語日本語", "日本語日…"],
], async ([text, shown]) => {
  const recorder = new TextOutput(true);
  {
    await using status = new StatusLine(recorder, () => 10);
    await status.show(text);
    await status.show(text);
  }
  assertEquals(recorder.text, shown === "" ? "" : drawn(shown) + ERASE_ALL, text);
}, { permissions: "none" });

Deno.test("StatusLine writes nothing without a terminal", { permissions: "none" }, async () => {
  const recorder = new TextOutput(false);
  await using status = new StatusLine(recorder, () => 80);
  await status.show("7 of 10");
  await status.redraw();
  await status.clear();
  assertEquals(recorder.text, "");
});

Deno.test("StatusLine asks for the width each time it draws", { permissions: "none" }, async () => {
  const recorder = new TextOutput(true);
  let columns = 80;
  const status = new StatusLine(recorder, () => columns);
  await status.show("7 of 10 done");
  columns = 10;
  await status.redraw();
  // The narrower terminal has wrapped the line.
  assertEquals(recorder.text, drawn("7 of 10 done") + ERASE_ALL + drawn("7 of 10 …"));
  recorder.text = "";
  columns = 80;
  await status.redraw();
  assertEquals(recorder.text, ERASE_ALL + drawn("7 of 10 done"));
});

Deno.test("StatusLine keeps other text above itself, in the order of the calls", {
  permissions: "none",
}, async () => {
  const recorder = new TextOutput(true);
  const status = new StatusLine(recorder, () => 80);
  const above = status.above(recorder);
  await above.write("before\n");
  await status.show("7 of 10");
  void above.write("row\n");
  void status.show("8 of 10");
  await above.write("note\n");
  await status.clear();
  await above.write("after\n");
  // The row is written after the line has a newer text.
  const row = `${ERASE_ALL}row\n${drawn("8 of 10")}`;
  assertEquals(
    recorder.text,
    `before\n${drawn("7 of 10")}${row}${ERASE_ALL}note\n${drawn("8 of 10")}${ERASE_ALL}after\n`,
  );
});

Deno.test(
  "StatusLine stays away while other text has not ended its line",
  { permissions: "none" },
  async () => {
    const recorder = new TextOutput(true);
    const status = new StatusLine(recorder, () => 80);
    const above = status.above(recorder);
    await above.write("a question? ");
    await status.show("7 of 10");
    await above.write("yes\n");
    assertEquals(recorder.text, `a question? yes\n${drawn("7 of 10")}`);
  },
);

Deno.test("StatusLine leaves outputs alone that are no terminal", { permissions: "none" }, () => {
  const pipe = new TextOutput(false);
  assertEquals(new StatusLine(new TextOutput(true), () => 80).above(pipe), pipe);
});
