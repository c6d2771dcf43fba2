/**
 * The targets that a batch accepts, and the rows of targets that cannot be probed.
 *
 * @module
 */

import type { HeadersInput } from "../probe/header_changes.ts";
import type { ProbeOptions } from "../probe/options.ts";
import type { ProbeResult } from "../result.ts";
import type { OptionNames } from "../text/check_options.ts";

/** Checks results against expectations. */
export interface Judge {
  /** Options that a probe needs so that its result has the facts to check. */
  readonly options?: Pick<ProbeOptions, "keepText" | "keepSha256"> | undefined;
  /** Reads large content before the checks, and lets the event loop run in between. */
  prepare?(result: ProbeResult): Promise<void>;
  /** Returns the result with its `checks`; it is `ok` only if every expectation holds. */
  check(result: ProbeResult): ProbeResult;
}

/** The fields of a target that its row repeats, so that a program can match rows to input lines. */
export interface TargetIdentity {
  /** Number of the line in its list, copied to the result. */
  readonly line?: number | undefined;
  /** A label that the caller chose for this target, copied to the result. */
  readonly tag?: string | undefined;
  /** IP address to connect to without a lookup, copied to the result. */
  readonly address?: string | undefined;
  /** Distinguishes a target from others with the same URL; copied to the result. */
  readonly id?: string | undefined;
}

/** A target with its own settings, which replace those of the batch. */
export interface BatchTarget extends TargetIdentity {
  /** URL or host; the result repeats it in `input`. */
  readonly url: string;
  /** Method to send. */
  readonly method?: string | undefined;
  /** Header fields to send. */
  readonly headers?: HeadersInput | undefined;
  /** Content to send; a string is sent as UTF-8. */
  readonly body?: Uint8Array | string | undefined;
  /** Name to send as SNI and to check the certificate against. */
  readonly sni?: string | undefined;
  /** Checks the result of this target. */
  readonly judge?: Judge | undefined;
}

/** Names of {@linkcode BatchTarget}. */
export const BATCH_TARGET_NAMES = {
  url: true,
  method: true,
  headers: true,
  body: true,
  address: true,
  sni: true,
  tag: true,
  judge: true,
  line: true,
  id: true,
} as const satisfies OptionNames<BatchTarget>;

/** A line of a list that names no target. Its row has an error of the kind `usage`. */
export interface BadTarget extends TargetIdentity {
  /** The line, or the beginning of a long one. */
  readonly input: string;
  /** The cause, as a sentence without a full stop. */
  readonly problem: string;
}

/** Everything that a batch accepts as a target. */
export type BatchInput = string | URL | BatchTarget | BadTarget;

/** Reads one target. A value of any other type, which JSON may contain, becomes a bad target. */
export function readInput(input: BatchInput): BatchTarget | BadTarget {
  if (typeof input === "string") return { url: input };
  if (input instanceof URL) return { url: input.href };
  if (typeof input === "object" && input !== null) {
    if (!("problem" in input)) {
      if (typeof input.url === "string") return input;
    } else if (typeof input.input === "string" && typeof input.problem === "string") return input;
  }
  const text = textOf(input);
  return { input: text, problem: `Cannot probe ${text}: use a URL, a host or an object with a url` };
}

function textOf(input: unknown): string {
  try {
    return JSON.stringify(input) ?? String(input);
  } catch {
    // The value is circular, contains a BigInt, or has a toJSON that throws.
    return typeof input === "bigint" ? `${input}` : Object.prototype.toString.call(input);
  }
}

/** Turns a target into a bad one that keeps its identity. */
export function refuseTarget({ url, line, tag, address, id }: BatchTarget, problem: string): BadTarget {
  return { input: url, problem, line, tag, address, id };
}

/** Copies the identity of a target to its result. */
export function addIdentity(result: ProbeResult, { line, tag, address, id }: TargetIdentity): void {
  if (line !== undefined) result.line = line;
  if (tag !== undefined) result.tag = tag;
  if (address !== undefined) result.address = address;
  if (id !== undefined) result.id = id;
}

/** Makes the result of a target that cannot be probed. */
export function describeBadTarget(bad: BadTarget): ProbeResult {
  const { input, problem, line } = bad;
  const where = line === undefined ? "" : `line ${line}: `;
  const result: ProbeResult = {
    schema: 1,
    input,
    url: "",
    method: "",
    startedAt: new Date().toISOString(),
    ok: false,
    error: { kind: "usage", phase: "dns", by: "local", message: `${where}${problem}` },
    interim: [],
    deviations: [],
    timings: { total: 0 },
    redirects: [],
    checks: [],
  };
  addIdentity(result, bad);
  return result;
}
