import { plain } from "../../lib/text/paint.ts";
import { assertEquals } from "@std/assert";
import { chooseCommand } from "../../lib/cli/choose_command.ts";
import { COMMANDS } from "../../lib/cli/commands.ts";
import { propertyOf } from "../../lib/cli/flags/flag.ts";
import { type ParsedFlags, parseFlags } from "../../lib/cli/flags/parse_flags.ts";
import type { CommandIo } from "../../lib/cli/io.ts";
import { StatusLine } from "../../lib/cli/output/status_line.ts";
import { testRows } from "../_test_rows.ts";
import { TextOutput } from "./_run.ts";

/** An output that ends the run at the first text. */
class EndingOutput extends TextOutput {
  readonly stop = new AbortController();

  override write(text: string): Promise<void> {
    this.stop.abort();
    return super.write(text);
  }
}

/** A terminal, on which progress is shown. */
/** Flags that note which of them a command looks at. A spread looks at all of them and would prove nothing. */
function noteReads<Flags extends object>(flags: Flags, read: Set<string>): Flags {
  return new Proxy(flags, {
    get: (target, name) => {
      read.add(String(name));
      return Reflect.get(target, name);
    },
    ownKeys: () => {
      throw new Error(
        "Cannot tell which flags are read: a command copies them all, name those that it needs",
      );
    },
  });
}

/** Runs a command line and adds the flags that it looks at. */
async function addReads(
  args: readonly string[],
  read: Set<string>,
  io: Partial<CommandIo> = {},
): Promise<void> {
  const { command, rest } = chooseCommand(args);
  const { flags, operands } = parseFlags(rest, await command.loadFlags());
  const noted = { flags: noteReads(flags, read), operands } as ParsedFlags<never>;
  await command.run(noted, {
    stdout: new TextOutput(),
    stderr: new TextOutput(),
    stdin: new ReadableStream({ start: (controller) => controller.close() }),
    signal: new AbortController().signal,
    paintFor: () => Promise.resolve(plain),
    width: 80,
    widthOf: () => 80,
    status: new StatusLine(new TextOutput(), () => 80),
    now: () => performance.now(),
    ...io,
  });
}

/** Command lines with `URL`, `HOST:PORT` and the files of a folder, which together look at every flag of a command. */
const LINES: Readonly<Record<string, readonly string[]>> = {
  probe: ["URL", "-n 2 -v URL"],
  batch: ["batch list"],
  conn: ["conn --only keep-alive URL", "conn --dry-run URL"],
  diff: ["diff saved saved"],
  show: ["show saved"],
  get: ["get -o content URL"],
  raw: ["raw --send x --wait 10ms HOST:PORT", "raw --tls --send x HOST:PORT"],
  parse: ["parse list"],
  watch: ["watch --check checks", "watch --once --history history checks", "watch -v checks"],
  report: ["watch --once --history history checks", "report history"],
  help: ["help"],
  completion: ["completion bash"],
  man: ["man"],
  version: ["version"],
};

const FILES: Readonly<Record<string, (url: string) => string>> = {
  list: (url) => `${url}\n`,
  saved: (url) =>
    JSON.stringify({
      schema: 1,
      input: url,
      url,
      method: "GET",
      startedAt: "2026-03-01T12:00:00.000Z",
      ok: true,
      timings: { total: 1 },
      interim: [],
      deviations: [],
      redirects: [],
      checks: [],
    }),
  checks: (url) => JSON.stringify([{ name: "home", url, interval: "1s" }]),
};

async function withServer(use: (fill: (line: string) => string[]) => Promise<void>): Promise<void> {
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    () => new Response("hello"),
  );
  const folder = await Deno.makeTempDir({ prefix: "sonde-" });
  const host = `127.0.0.1:${server.addr.port}`;
  try {
    for (const [name, textOf] of Object.entries(FILES)) {
      await Deno.writeTextFile(`${folder}/${name}.json`, textOf(`http://${host}/`));
    }
    await use((line) =>
      line.split(" ").map((word) =>
        word === "URL"
          ? `http://${host}/`
          : word === "HOST:PORT"
          ? host
          : ["list", "saved", "checks", "history", "content"].includes(word)
          ? `${folder}/${word}.json`
          : word
      )
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

testRows("Every flag that a command accepts is read by it", COMMANDS, async ({ name, loadFlags }) => {
  const read = new Set<string>();
  await withServer(async (fill) => {
    for (const line of LINES[name] ?? []) {
      const lasting = new EndingOutput();
      if (line.startsWith("watch -v")) {
        await addReads(fill(line), read, { stdout: lasting, signal: lasting.stop.signal });
      } else if (/^(?:batch|show)/.test(line)) {
        await addReads(fill(line), read, { stderr: new TextOutput(true) });
      } else await addReads(fill(line), read);
    }
  });
  // The first four are read before the command runs.
  const known = new Set(["help", "version", "color", "no-color", ...read].map(propertyOf));
  const flags = Object.values(await loadFlags()).flatMap((table) => Object.keys(table));
  const ignored = flags.filter((flag) => !known.has(propertyOf(flag)));
  assertEquals(ignored, [], `flags of ${name} that no command line of LINES makes it read`);
});
