/**
 * Reads the operands that name targets, and stops before anything is sent if one is probably a mistake.
 *
 * @module
 */

import { addressOfNumber, adviseNumber, isPort } from "../target/bare_number.ts";
import { parseTarget, type Target } from "../target/target.ts";
import type { CommandIo } from "./io.ts";
import { explainOperand } from "./explain_operand.ts";
import { InterruptedQuestion, UsageError } from "./usage_error.ts";

/** The part of the process that a question needs. */
type Asking = Pick<CommandIo, "ask"> & Partial<Pick<CommandIo, "signal">>;

/** Settings of {@linkcode readTargetOperands}. */
export interface OperandOptions {
  /** Hosts that flags name too, such as that of `--resolve`: they are meant. */
  readonly knownHosts?: readonly string[] | undefined;
  /** `true` asks nothing. @default {false} */
  readonly quiet?: boolean | undefined;
}

/**
 * Reads the targets of a command. A single word without dot, port or scheme could be a mistyped command, a file or a
 * port: unless it is a host of this machine's `hosts` file, sonde asks for it on a terminal, and refuses it otherwise.
 *
 * @throws {UsageError} If an operand is no target, or is not meant as one.
 * @throws {InterruptedQuestion} If the user interrupted the question.
 */
export async function readTargetOperands(
  operands: readonly string[],
  io: Asking,
  options: OperandOptions = {},
): Promise<Target[]> {
  const targets: Target[] = [];
  for (const operand of operands) {
    const address = addressOfNumber(operand);
    const mistake = explainOperand(operand, operands);
    if (mistake !== undefined) throw new UsageError(`Cannot probe ${JSON.stringify(operand)}: ${mistake}`);
    const target = readTarget(address ?? operand, operand);
    refusePortAlone(operand, operands);
    if (address !== undefined || isBareWord(target, options.knownHosts)) {
      await confirmHost(operand, { address, io, quiet: options.quiet });
    }
    targets.push(target);
  }
  return targets;
}

function readTarget(text: string, operand: string): Target {
  try {
    return { ...parseTarget(text), input: operand };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UsageError(error.message, { cause: error });
  }
}

function isBareWord({ scheme, port, host }: Target, knownHosts: readonly string[] = []): boolean {
  if (scheme !== undefined || port !== undefined || /[.:]/.test(host)) return false;
  return host !== "localhost" && !knownHosts.includes(host) && !isInHostsFile(host);
}

/** Looks a name up in the `hosts` file of the system, if sonde may read it. */
function isInHostsFile(host: string): boolean {
  const path = Deno.build.os === "windows" ? "C:\\Windows\\System32\\drivers\\etc\\hosts" : "/etc/hosts";
  if (Deno.permissions.querySync({ name: "read", path }).state !== "granted") return false;
  try {
    return Deno.readTextFileSync(path).split("\n").some((line) =>
      line.replace(/#.*/, "").trim().split(/\s+/).slice(1).some((name) => name.toLowerCase() === host)
    );
  } catch {
    // Without the file there are no such names.
    return false;
  }
}

async function confirmHost(
  operand: string,
  { address, io, quiet }: {
    readonly address: string | undefined;
    readonly io: Asking;
    readonly quiet: boolean | undefined;
  },
): Promise<void> {
  const question = address === undefined
    ? `Probe the host ${operand}?`
    : `Probe ${address}, the address that ${operand} is as a host?`;
  if (!quiet && await io.ask?.(question)) return;
  if (io.signal?.aborted) throw new InterruptedQuestion();
  throw new UsageError(
    `Cannot probe ${JSON.stringify(operand)}: ${adviseWord(operand, address)}`,
  );
}

/** Tells if there is a file with this name, as far as sonde may look. */
function isFile(path: string): boolean {
  if (Deno.permissions.querySync({ name: "read", path }).state !== "granted") return false;
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

function adviseWord(operand: string, address: string | undefined): string {
  if (address === undefined) {
    if (isFile(operand)) return `it is a file here: to probe each line of it write sonde batch ${operand}`;
    const [host = operand, ...path] = operand.split("/");
    return `a single word may be a typing error; for a host write http://${[host, ...path].join("/")}${
      path.length === 0 ? "/" : ""
    } or ${host}:80`;
  }
  return `as a host it is ${adviseNumber(operand, address)}`;
}

/** Refuses a host and its port as two operands, as telnet takes them. */
function refusePortAlone(operand: string, operands: readonly string[]): void {
  const at = operands.indexOf(operand);
  const [host, port] = isPort(operand) ? [operands[at - 1], operand] : [operand, operands[at + 1]];
  if (host === undefined || port === undefined || !isPort(port)) return;
  if (isPort(host) || !/^(?:[^/:]+|\[.+\])$/.test(host)) return;
  throw new UsageError(
    `Cannot probe ${JSON.stringify(port)}: for a port write it after the host, ${host}:${port}`,
  );
}
