import { assertEquals } from "@std/assert";
import { withFolder } from "../../../_folder.ts";
import { run, TextOutput } from "../../_run.ts";
import { Service } from "./_service.ts";

/** A stderr that calls a function with each line. */
class LineOutput extends TextOutput {
  readonly #onLine: (line: string) => void;

  constructor(onLine: (line: string) => void) {
    super();
    this.#onLine = onLine;
  }

  override async write(text: string): Promise<void> {
    await super.write(text);
    this.#onLine(text);
  }
}

Deno.test({
  name: "sonde watch tells on stderr of its start and of each reload, with what has changed",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    await using service = new Service();
    await withFolder(async (folder) => {
      const file = `${folder}/checks.json`;
      const check = (name: string, interval = "1h") => ({ name, url: service.url, interval });
      const commands = [["/bin/true"]];
      const contents: unknown[] = [
        { checks: [check("a"), check("b")] },
        { checks: [check("a", "2h"), check("c")], commands },
        { checks: [check("a", "2h"), check("c")], commands },
        { checks: [] },
      ];
      const stop = new AbortController();
      const write = (content: unknown) => Deno.writeTextFileSync(file, JSON.stringify(content));
      write(contents.shift());
      const stderr = new LineOutput((line) => {
        // Each file is followed by the signal to read it, once the last one was told of.
        if (/: the list is empty/.test(line)) return;
        if (contents.length === 0) return stop.abort();
        write(contents.shift());
        // Not within the call that tells of the last reload.
        queueMicrotask(() => setTimeout(() => Deno.kill(Deno.pid, "SIGHUP")));
      });
      const { code } = await run(["watch", file], { stderr, signal: stop.signal });
      assertEquals([code, stderr.text.replaceAll(folder, "").split("\n")], [130, [
        "sonde: Watching 2 checks, without a history",
        "sonde: Read /checks.json again: 2 checks for 1 receiver, 1 new, 1 changed, 1 removed",
        "sonde: Read /checks.json again: 2 checks for 1 receiver, no check has changed",
        "sonde: /checks.json: file: checks: the list is empty",
        "sonde: Did not load /checks.json: sonde continues with 2 checks for 1 receiver",
        "",
      ]]);
    });
  },
});
