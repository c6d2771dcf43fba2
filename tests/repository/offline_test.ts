import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { HAS_TERMINAL, onTerminal } from "../_terminal.ts";
import { stepRows, testRows } from "../_test_rows.ts";
import { ROOT } from "./_source_tree.ts";

/** A machine on which Deno has downloaded nothing, beside a registry that refuses everything. */
class FreshMachine implements AsyncDisposable {
  /** Paths that Deno asked the registry for. */
  readonly asked: string[] = [];
  readonly folder = Deno.makeTempDirSync({ prefix: "sonde-" });
  readonly #stop = new AbortController();
  readonly #registry: Deno.HttpServer<Deno.NetAddr>;

  /** @param options `silent` makes the registry accept every request and answer none, as behind some firewalls. */
  constructor(options: { silent?: boolean } = {}) {
    const { signal } = this.#stop;
    this.#registry = Deno.serve({ hostname: "127.0.0.1", port: 0, signal, onListen: () => {} }, ({ url }) => {
      this.asked.push(new URL(url).pathname);
      return options.silent
        ? new Promise<Response>((resolve) => signal.addEventListener("abort", () => resolve(new Response())))
        : new Response("No network", { status: 503 });
    });
  }

  /** Runs a program in the folder of the repository, with nothing on stdin. */
  async run(program: string, args: readonly string[]): Promise<{ code: number; text: string }> {
    const registry = `http://127.0.0.1:${this.#registry.addr.port}/`;
    const { code, stdout, stderr } = await new Deno.Command(program, {
      args: [...args],
      cwd: ROOT,
      env: {
        DENO_DIR: `${this.folder}/cache`,
        NPM_CONFIG_REGISTRY: registry,
        JSR_URL: registry,
        NO_COLOR: "",
      },
      stdin: "null",
      signal: AbortSignal.timeout(300_000),
    }).output();
    const decoder = new TextDecoder();
    return { code, text: decoder.decode(stdout) + decoder.decode(stderr) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#registry.finished;
    await Deno.remove(this.folder, { recursive: true });
  }
}

const RUN = ["run", "--no-prompt", "--allow-net", "--allow-read", "cli.ts"];

Deno.test("a fresh clone runs without a network, and asks no registry for packages", async (test) => {
  await using machine = new FreshMachine();
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    () => new Response("hello"),
  );
  const url = `http://127.0.0.1:${server.addr.port}/`;
  const list = `${machine.folder}/hosts.txt`;
  await Deno.writeTextFile(list, `${url}\n${url}second\n`);
  const rows: [name: string, args: string[], shown: RegExp][] = [
    ["--version", [...RUN, "--version"], /^sonde \d/],
    ["--help", [...RUN, "--help"], /^Usage: sonde/],
    ["one URL", [...RUN, url], /200 OK/],
    ["--json", [...RUN, "--json", url], /"status":200/],
    ["-e", [...RUN, "-e", "status == 200", "-e", "body ~ /hello/", url], /200 OK/],
    ["a batch", [...RUN, "batch", list], /2 targets/],
    ["sonde conn", [...RUN, "conn", "--only", "keep-alive", url], /keep-alive/],
    ["sonde get", [...RUN, "get", url], /hello/],
    ["deno task demo", ["task", "demo"], /well-behaved +200/],
  ];
  await stepRows(test, rows, async ([, args, shown]) => {
    const { code, text } = await machine.run(Deno.execPath(), args);
    assertMatch(text, shown);
    assertEquals(code, 0, text);
    assertEquals(machine.asked, []);
  });
});

Deno.test("-u NAME without a terminal is wrong usage, with or without packages", async () => {
  await using machine = new FreshMachine();
  const { code, text } = await machine.run(Deno.execPath(), [...RUN, "-u", "me", "http://127.0.0.1:1/"]);
  assertStringIncludes(text, "Cannot ask for the password without a terminal: write NAME:PASSWORD");
  assertEquals([code, machine.asked], [2, []]);
});

Deno.test({
  name: "-u NAME asks for the password on a terminal, without any package",
  ignore: !HAS_TERMINAL,
  fn: async () => {
    await using machine = new FreshMachine();
    const onIt = onTerminal([...RUN, "--no-color", "-u", "me", "http://127.0.0.1:1/"]);
    // The pipe types the password, and the terminal keeps it until sonde asks.
    const typing = 'printf "secret\\n" | "$0" "$@"';
    const { code, text } = await machine.run("sh", ["-c", typing, "script", ...onIt]);
    assertStringIncludes(text, "Password for me:");
    assertStringIncludes(text, "connection refused");
    assertEquals([code, machine.asked], [1, []]);
  },
});

testRows(
  "a fresh clone runs on a terminal, with exact sizes, if the registry is unreachable",
  ["down", "silent"],
  async (state) => {
    await using machine = new FreshMachine({ silent: state === "silent" });
    await using server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      () => new Response("hello".repeat(1_000)),
    );
    const args = onTerminal([...RUN, "get", `http://127.0.0.1:${server.addr.port}/`]);
    const { code, text } = await machine.run("script", args);
    assertMatch(text, /5,000 octets in/);
    assertEquals([code, machine.asked.length > 0], [0, true]);

    // The next run knows that the registry is unreachable, and does not ask again.
    machine.asked.length = 0;
    const next = await machine.run("script", args);
    assertMatch(next.text, /5,000 octets in/);
    assertEquals([next.code, machine.asked], [0, []]);
  },
  { ignore: !HAS_TERMINAL },
);

Deno.test({
  name: "a fresh clone prints colours on a terminal without asking the registry",
  ignore: !HAS_TERMINAL,
  fn: async () => {
    await using machine = new FreshMachine();
    await using server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      () => new Response("hello"),
    );
    const url = `http://127.0.0.1:${server.addr.port}/`;
    const { code, text } = await machine.run("script", onTerminal([...RUN, url]));
    assertStringIncludes(text, "\x1b[38;5;28m200 OK\x1b[39m");
    assertEquals([code, machine.asked], [0, []]);
  },
});
