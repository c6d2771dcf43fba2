import { assert } from "@std/assert";
import type { Output } from "../../../lib/cli/output/output.ts";
import { ProgressLine } from "../../../lib/cli/output/progress_line.ts";
import { ERASE_ALL, StatusLine } from "../../../lib/cli/output/status_line.ts";

/** A terminal that tells of each text. */
class Terminal implements Output {
  readonly terminal = true;
  readonly broken = false;
  text = "";
  columns = 40;
  #onText: () => void = () => {};

  write(text: string): Promise<void> {
    this.text += text;
    this.#onText();
    return Promise.resolve();
  }

  /** Settles once the terminal has shown this text. */
  async shows(text: string): Promise<void> {
    while (!this.text.includes(text)) await new Promise<void>((resolve) => this.#onText = resolve);
  }
}

Deno.test("ProgressLine draws at once, again after a change, and follows the width of the terminal", async () => {
  const terminal = new Terminal();
  let rows = 1;
  const progress = { format: () => [`${rows} of 10 rows are done`, `${rows} of 10`] };
  const line = new ProgressLine(new StatusLine(terminal, () => terminal.columns), progress);
  await terminal.shows("1 of 10 rows are done");
  rows = 2;
  await terminal.shows("2 of 10 rows are done");
  terminal.columns = 12;
  if (Deno.build.os !== "windows") Deno.kill(Deno.pid, "SIGWINCH");
  else rows = 3;
  await terminal.shows(`${rows} of 10\r`);
  await line.end();
  assert(terminal.text.endsWith(ERASE_ALL));
});

Deno.test({
  name: "ProgressLine draws again when a stopped process goes on",
  ignore: Deno.build.os === "windows",
  async fn() {
    const terminal = new Terminal();
    const status = new StatusLine(terminal, () => 40);
    await using _line = new ProgressLine(status, { format: () => ["1 of 10"] });
    await terminal.shows("1 of 10");
    terminal.text = "";
    Deno.kill(Deno.pid, "SIGCONT");
    await terminal.shows("1 of 10");
  },
});

Deno.test("ProgressLine survives a terminal that is gone", async () => {
  const gone: Output = { terminal: true, broken: false, write: () => Promise.reject(new Error("gone")) };
  const line = new ProgressLine(new StatusLine(gone, () => 40), { format: () => ["1 of 10"] });
  line.update();
  await line.end();
});
