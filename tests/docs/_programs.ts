/**
 * The programs that the pages run: sonde, a few programs of a shell, and scripts of the pages.
 *
 * @module
 */

import { fromFileUrl } from "./_root.ts";
import { runSonde } from "./_sonde.ts";
import type { Streams } from "./_streams.ts";

/** Runs a program; resolves to its exit code. */
export type Program = (args: readonly string[], streams: Streams, shell: ShellState) => Promise<number>;

/** The state that the commands of one page share. */
export interface ShellState {
  /** Exit code of the previous command. */
  code: number;
  /** Address at which the servers of the examples listen. */
  readonly address: string;
  /** Lines of output after which an endless program is stopped. */
  readonly enoughLines: number;
  /** The flags of Deno that the block of the command names. */
  readonly permissions: readonly string[];
}

/** Maps ports 80 and 443 of an example's name to the ports of the example servers. */
const NAMED_HOST = /\bexample\.(?:com|org)\b|\blocalhost:8443\b/;

/** Milliseconds after which a command counts as hanging. */
const LONGEST = 60_000;

/** Commands that take `--connect-to`. */
const PROBING = ["probe", "batch", "conn", "get"];

const KNOWN_HOST = /^127\.|^example\.(?:com|org)$|^localhost$/;

/** No test may look up the name of an example. */
function refuseUnknownHosts(args: readonly string[], known = KNOWN_HOST): void {
  if (["--dry-run", "--resolve", "--connect-to"].some((flag) => args.includes(flag))) return;
  for (const [, host] of args.join(" ").matchAll(/https?:\/\/([^\s:/]+)/g)) {
    if (!known.test(host!)) throw new Error(`Cannot probe ${host} in a test`);
  }
}

const sonde: Program = async (args, streams, { address, enoughLines, permissions }) => {
  const command = /^[a-z]+$/.test(args[0] ?? "") ? args[0]! : "probe";
  refuseUnknownHosts(args);
  const isLed = PROBING.includes(command) && args.some((arg) => NAMED_HOST.test(arg));
  const more = !isLed ? [] : [
    `--connect-to=:443:${address}:8443`,
    `--connect-to=:8443:${address}:8443`,
    `--connect-to=:80:${address}:8080`,
    ...args.some((arg) => /^-\w*k|--cacert/.test(arg)) ? [] : ["-k"],
  ];
  const isEndless = command === "watch" && !args.includes("--once") && !args.includes("--check");
  return await runSonde([...args, ...more], streams, {
    permissions,
    enoughLines: isEndless ? enoughLines : undefined,
  });
};

/** Runs `deno run … FILE ARGS` with the permissions that it names. */
const deno: Program = async (args, streams, shell) => {
  const at = args.findIndex((arg) => /\.ts$/.test(arg));
  if (args[0] === "task" && args[1] === "probe") {
    return await sonde(args.slice(2), streams, { ...shell, permissions: ["--allow-net"] });
  }
  if (args[0] !== "run" || at === -1) {
    throw new Error(`Cannot run deno ${args.join(" ")}: add it to _not_run.ts`);
  }
  if (/(^|\/)cli\.ts$/.test(args[at]!)) {
    return await sonde(args.slice(at + 1), streams, { ...shell, permissions: args.slice(1, at) });
  }
  refuseUnknownHosts(args, /^127\./);
  const module = /^scripts\/|^docs\//.test(args[at]!) ? fromFileUrl(args[at]!) : args[at]!;
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", `--import-map=${fromFileUrl("deno.json")}`, ...args.slice(1, at), module]
      .concat(args.slice(at + 1)),
    env: { NO_COLOR: "1" },
    stdin: "null",
    signal: AbortSignal.timeout(LONGEST),
  }).output();
  streams.onStdout(new TextDecoder().decode(stdout));
  streams.onStderr(new TextDecoder().decode(stderr));
  return code;
};

const echo: Program = (args, { onStdout }, { code }) => {
  onStdout(args.join(" ").replaceAll("$?", String(code)) + "\n");
  return Promise.resolve(0);
};

const printf: Program = ([format = ""], { onStdout }) => {
  onStdout(format.replaceAll("\\r", "\r").replaceAll("\\n", "\n"));
  return Promise.resolve(0);
};

const cat: Program = (files, { stdin, onStdout }) => {
  onStdout(files.length === 0 ? stdin : files.map((file) => Deno.readTextFileSync(file)).join(""));
  return Promise.resolve(0);
};

/** `jq` with a path of names, or with `-r`. */
const jq: Program = (args, { stdin, onStdout }) => {
  const path = args.at(-1)!;
  if (!/^(\.\w+)+$/.test(path)) {
    throw new SyntaxError(`Cannot run jq ${path}: only paths of names are known here`);
  }
  for (const line of stdin.trim().split("\n")) {
    let value = JSON.parse(line);
    for (const name of path.slice(1).split(".")) value = value?.[name];
    onStdout(
      args.includes("-r") && typeof value === "string" ? `${value}\n` : `${JSON.stringify(value, null, 2)}\n`,
    );
  }
  return Promise.resolve(0);
};

const seq: Program = ([count], { onStdout }) => {
  for (let number = 1; number <= Number(count); number++) onStdout(`${number}\n`);
  return Promise.resolve(0);
};

/** Programs by their name in a command line. */
export const PROGRAMS: Readonly<Record<string, Program>> = { sonde, deno, echo, printf, cat, jq, seq };
