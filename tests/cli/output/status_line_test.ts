import { assertEquals } from "@std/assert";
import type { Output } from "../../../lib/cli/output/output.ts";
import { StatusLine } from "../../../lib/cli/output/status_line.ts";
import { testRows } from "../../_test_rows.ts";

class Recorder implements Output {
  readonly broken = false;
  text = "";

  constructor(readonly terminal: boolean) {}

  write(text: string): Promise<void> {
    this.text += text;
    return Promise.resolve();
  }
}

const CLEAR = "\r\x1b[K";

testRows<[text: string, shown: string]>("StatusLine shows one escaped line that fits, and removes it", [
  ["", ""],
  ["7 of 10", "7 of 10"],
  ["123456789", "123456789"],
  ["1234567890", "12345678…"],
  ["\x1b[2J", "\\x1b[2J"],
  ["日本語日本", "日本語日…"],
  ["日本語日本語", "日本語日…"],
], async ([text, shown]) => {
  const recorder = new Recorder(true);
  {
    await using status = new StatusLine(recorder, 10);
    await status.show(text);
    await status.show(text);
  }
  assertEquals(recorder.text, shown === "" ? "" : CLEAR + shown + CLEAR, text);
}, { permissions: "none" });

Deno.test("StatusLine writes nothing without a terminal", { permissions: "none" }, async () => {
  const recorder = new Recorder(false);
  await using status = new StatusLine(recorder, 80);
  await status.show("7 of 10");
  await status.clear();
  assertEquals(recorder.text, "");
});
