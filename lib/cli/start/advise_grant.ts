/**
 * Words the advice about a missing permission: the command line that has it.
 *
 * @module
 */

import { resolve } from "node:path";
import { type Grant, isInside, withoutCovered } from "./covered.ts";
import { grantedPermissions, hostsOf } from "./granted.ts";
import { formatFlags, parseFlag, sortPermissions } from "./permission.ts";
import { formatCommandLine, withoutSecrets } from "./shell_words.ts";
import { type StartedAs, startedAs } from "./started_as.ts";

/** The place of the published program, for a compiled one, which does not know its source. */
const PUBLISHED = "https://deno.land/x/sonde/cli.ts";

/** Characters of the longest command line that is repeated whole. */
const LONGEST = 2000;

/** A start that a command line can repeat. */
type Started = Exclude<StartedAs, { kind: "compiled" }>;

/** The flags of Deno: permissions, and others as written. */
interface Flags {
  readonly permissions: readonly Grant[];
  readonly others: readonly string[];
}

/** The run that lacks permissions. */
export interface AdviceOptions {
  /** The arguments of sonde. */
  readonly args: readonly string[];
  /** The command connects to servers. */
  readonly connects: boolean;
  /** Permissions for the whole run, if they are known. By default they follow from what was granted. */
  readonly needed?: readonly Grant[] | undefined;
  /** Permissions for the files that the arguments name. */
  readonly files?: readonly Grant[] | undefined;
  readonly started?: StartedAs | undefined;
  readonly granted?: readonly Grant[] | undefined;
}

/**
 * Words the advice to grant permissions, so that it can be followed for the way in which sonde was started.
 *
 * @param flags The missing flags.
 * @returns Lines of text, each with a command that has all permissions of this run and the missing ones.
 */
export function adviseGrant(flags: readonly string[], options: AdviceOptions): string {
  const { args, connects, started = startedAs() } = options;
  const missing = flags.map(parseFlag).filter((it) => it !== undefined)
    .flatMap((grant) => grant.access === "net" ? targetsOf(grant, args) : [grant]);
  const others = flags.filter((flag) => parseFlag(flag) === undefined);
  const known = [
    ...options.needed ?? options.granted ?? grantedPermissions(args),
    ...options.files ?? [],
  ];
  const all: Flags = others.includes("--allow-all")
    ? { permissions: [], others }
    : { permissions: withNet([...known, ...missing], connects), others };
  const repeated = repeatable(args);
  const lines: readonly string[] = started.kind === "compiled"
    ? ["Compile it again:", `  ${compileLine(started, all)}`]
    : adviceLines(started, {
      run: formatCommandLine([...startWords(started, all), ...repeated.words]) + repeated.rest,
      install: installLine(started, all),
    });
  const secret = repeated.words.some((word) => word.includes("***"));
  return [...lines, ...secret ? ["Write the secret in place of ***"] : []].map((line) => `${line}\n`).join(
    "",
  );
}

/** Gives the permissions for a host that the arguments name. Of a redirect or a list, the next host is not known. */
function targetsOf({ access, value }: Grant, args: readonly string[]): Grant[] {
  const targets = args.map(hostsOf).find((hosts) => value !== undefined && hosts.includes(value)) ??
    [undefined];
  return targets.map((value) => ({ access, value }));
}

/** Gives the command that starts sonde with these permissions, without secrets; a compiled program has its own. */
export function startCommand(permissions: readonly Grant[], args: readonly string[]): string[] {
  const started = startedAs();
  const start = started.kind === "compiled"
    ? [started.program]
    : startWords(started, { permissions, others: [] });
  return [...start, ...withoutSecrets(args)];
}

function adviceLines(
  { kind }: Started,
  { run, install }: { run: string; install: string },
): string[] {
  if (kind === "clone") return ["Start it with:", `  ${run}`];
  if (kind === "remote") {
    return ["Start it with:", `  ${run}`, "Or install it for every run:", `  ${install}`];
  }
  return [
    "Install it again (with your --name and --root, if you gave them):",
    `  ${install}`,
    "Or run it once:",
    `  ${run}`,
  ];
}

/** Gives the words of a command line up to the arguments of sonde. */
function startWords({ deno, script }: Started, { permissions, others }: Flags): string[] {
  return [...deno, "run", ...formatFlags(sortPermissions(withoutCovered(permissions))), ...others, script];
}

/** An installed command gets all files of the current folder, and what lies elsewhere by its name. */
function installLine({ deno, script }: Started, { permissions, others }: Flags): string {
  const flags = [...formatFlags(sortPermissions(forEveryRun(permissions))), ...others];
  return formatCommandLine([...deno, "install", "--global", "--force", ...flags, "--name", "sonde", script]);
}

function compileLine(
  { program }: Extract<StartedAs, { kind: "compiled" }>,
  { permissions, others }: Flags,
): string {
  const flags = [...formatFlags(sortPermissions(forEveryRun(permissions))), ...others];
  return formatCommandLine(["deno", "compile", ...flags, "--output", program, PUBLISHED]);
}

function forEveryRun(permissions: readonly Grant[]): Grant[] {
  const widened = permissions.flatMap(({ access, value }): Grant[] => {
    if (access === "net") return [{ access, value: undefined }];
    if (value === undefined || (access !== "read" && access !== "write")) return [{ access, value }];
    return isInside(value)
      ? [{ access, value: "." }]
      : [{ access, value: "." }, { access, value: resolve(value) }];
  });
  const files = widened.some(({ access }) => access === "read" || access === "write");
  const kept = withoutCovered(widened);
  if (!files) return kept;
  // Later runs start in other folders, so no folder that includes the current one covers ".".
  const folder = (["read", "write"] as const)
    .filter((name) => !kept.some(({ access, value }) => access === name && value === undefined))
    .map((access): Grant => ({ access, value: "." }));
  return [...folder, ...kept.filter(({ value }) => value !== ".")];
}

function withNet(permissions: readonly Grant[], connects: boolean): readonly Grant[] {
  return connects && !permissions.some(({ access }) => access === "net")
    ? [{ access: "net", value: undefined }, ...permissions]
    : permissions;
}

/** Repeats the arguments without secrets. */
function repeatable(args: readonly string[]): { words: readonly string[]; rest: string } {
  const words = withoutSecrets(args);
  return words.join(" ").length <= LONGEST ? { words, rest: "" } : { words: [], rest: " …" };
}
