import type { Command } from "../command.ts";
import { COMMANDS, DEFAULT_COMMAND } from "../commands.ts";
import { FlagOfOtherCommandError, UnknownFlagError, UsageError } from "../usage_error.ts";
import { listWords } from "../../text/nearest.ts";
import { DENO_FLAG, explainDenoFlags } from "./deno_flags.ts";
import type { FlagGroups, FlagTable } from "./flag.ts";
import { FLAGS_ELSEWHERE } from "./flags_elsewhere.ts";
import { FOREIGN_FLAGS, SAME_MEANING } from "./foreign_flags.ts";

/** The most commands that an error lists as those that have a flag. */
const FEW = 4;

/**
 * Explains a flag that a command lacks: names the equivalent of a curl flag, or the commands that have the flag.
 *
 * @param error The error from parsing the arguments.
 * @param command The command that was to run.
 * @param args Its arguments.
 * @returns An error with the explanation, or the same error if there is none.
 */
export async function explainFlag(
  error: unknown,
  command: Command,
  args: readonly string[] = [],
): Promise<unknown> {
  if (!(error instanceof UnknownFlagError)) return error;
  const { flag, argument } = error;
  if (DENO_FLAG.test(flag)) {
    const explained = explainDenoFlags(args.filter((arg) => DENO_FLAG.test(arg)));
    if (explained !== undefined) return explained;
  }
  const groups = await command.loadFlags();
  const own = ownEquivalent(flag, groups);
  if (own !== undefined) return new UsageError(`Unknown flag ${flag}: write ${own}`);
  const foreign = [argument, flag].flatMap((written) => explainForeign(written, command, groups) ?? [])[0];
  return foreign ?? await explainByOwners(flag, command) ?? error;
}

/** Explains a flag of another program. */
function explainForeign(written: string, command: Command, groups: FlagGroups): UsageError | undefined {
  const said = (flag: string, advice: string | undefined): UsageError | undefined =>
    advice === undefined ? undefined : new UsageError(`Unknown flag ${flag}: ${advice}`);
  const [word = ""] = written.split("=", 1);
  const particular = said(word, FLAGS_ELSEWHERE[command.name]?.[word]);
  if (particular !== undefined || !hasFlag(groups, "--header")) return particular;
  // Other programs write long flags with one dash: -title.
  const long = /^-[a-z]{2,}(?:-[a-z]+)*$/.test(word) ? FOREIGN_FLAGS.get(`-${word}`) : undefined;
  return said(word, long ?? FOREIGN_FLAGS.get(word));
}

/** Names the commands that have a flag, unless they are too many. */
async function explainByOwners(flag: string, command: Command): Promise<UsageError | undefined> {
  const owners: Command[] = [];
  for (const other of COMMANDS) {
    if (other !== command && hasFlag(await other.loadFlags(), flag)) owners.push(other);
  }
  const [first, ...more] = owners;
  if (first === undefined) return undefined;
  const unknown = `Unknown flag ${flag}`;
  if (command.aboutSonde && /^(?:-o|--output)$/.test(flag)) {
    return new UsageError(`${unknown}: write sonde ${command.name} > FILE`);
  }
  if (owners.length > FEW) {
    return new UsageError(`${unknown}: it belongs to other commands, such as ${nameOf(first)}`);
  }
  const message = `${unknown}: it belongs to ${listWords(owners.map(nameOf))}, not to ${nameOf(command)}`;
  return more.length === 0
    ? new FlagOfOtherCommandError(message, first === DEFAULT_COMMAND ? undefined : first.name)
    : new UsageError(message);
}

/** Gives the flag of the command itself that means the same: `--format csv` for `--csv`. */
function ownEquivalent(flag: string, groups: FlagGroups): string | undefined {
  const name = flag.slice(2);
  const same = SAME_MEANING.get(flag);
  if (same !== undefined && hasFlag(groups, same)) return same;
  const { format } = Object.assign({}, ...Object.values(groups)) as FlagTable;
  try {
    return format?.parse?.(name) === name ? `--format ${name}` : undefined;
  } catch {
    // There is no such format.
    return undefined;
  }
}

function hasFlag(groups: FlagGroups, written: string): boolean {
  return Object.values(groups).some((table) =>
    Object.entries(table).some(([name, { letter }]) => written === `--${name}` || written === `-${letter}`)
  );
}

function nameOf(command: Command): string {
  return command === DEFAULT_COMMAND ? "sonde URL" : `sonde ${command.name}`;
}
