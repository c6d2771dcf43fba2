/**
 * One target of a batch: what it is in a list, and what it means for a probe.
 *
 * @module
 */

import { ipFamily } from "../net/ip_address.ts";
import type { HeadersInput } from "../probe/header_changes.ts";
import type { ProbeOptions } from "../probe/options.ts";
import type { ProbeResult } from "../result.ts";
import { parseTarget, type Target } from "../target/target.ts";

/** Expectations of a result. */
export interface Judge {
  /** What a probe has to keep for them. */
  readonly options?: Pick<ProbeOptions, "keepText" | "keepSha256">;
  /** Reads what the checks need of a result, and gives the event loop its turns meanwhile. */
  prepare?(result: ProbeResult): Promise<void>;
  /** The result with its `checks`, `ok` only if all of them hold. */
  check(result: ProbeResult): ProbeResult;
}

/** A target with settings of its own, which come before those of the batch. */
export interface BatchTarget {
  /** URL or host, as it is to stand in `input`. */
  readonly url: string;
  /** In place of that of the batch. */
  readonly method?: string;
  /** In place of the fields of the batch. */
  readonly headers?: HeadersInput;
  /** In place of that of the batch; sent as UTF-8. */
  readonly body?: string;
  /** IP address to connect to instead of a lookup. */
  readonly address?: string;
  /** In place of that of the batch. */
  readonly sni?: string;
  /** Copied to the result. */
  readonly tag?: string;
  /** In place of that of the batch. */
  readonly judge?: Judge;
  /** Copied to the result. */
  readonly line?: number;
  /** Copied to the result. */
  readonly id?: string;
}

/** A line of a list that names no target. It becomes a row of the kind `usage`. */
export interface BadTarget {
  /** The line, or the beginning of a long one. */
  readonly input: string;
  /** Why, as a sentence without full stop. */
  readonly problem: string;
  /** Copied to the result. */
  readonly line?: number;
  /** Copied to the result. */
  readonly tag?: string;
  /** Copied to the result. */
  readonly address?: string;
  /** Copied to the result. */
  readonly id?: string;
}

/** What a batch takes. */
export type BatchInput = string | URL | BatchTarget | BadTarget;

/** A target that is ready to be probed. */
export interface PreparedTarget {
  readonly target: Target;
  readonly options: ProbeOptions;
  readonly source: BatchTarget;
}

/** Reads the URL or host of an input. A mistake in it becomes a {@linkcode BadTarget}. */
export function prepareTarget(
  input: BatchInput,
  options: ProbeOptions,
): PreparedTarget | BadTarget {
  const source = readInput(input);
  if ("problem" in source) return source;
  try {
    const target = parseTarget(source.url);
    return { target, options: mergeOptions(options, source, target), source };
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
    return refuseTarget(source, error.message);
  }
}

/** What comes out of somebody's JSON or array may be anything, and still is one of the inputs. */
export function readInput(input: BatchInput): BatchTarget | BadTarget {
  if (typeof input === "string") return { url: input };
  if (input instanceof URL) return { url: input.href };
  if (typeof input === "object" && input !== null) {
    if (!("problem" in input)) {
      if (typeof input.url === "string") return input;
    } else if (typeof input.input === "string" && typeof input.problem === "string") return input;
  }
  const text = textOf(input);
  return { input: text, problem: `Cannot probe ${text}: a URL, a host or an object with a url is wanted` };
}

function textOf(input: unknown): string {
  try {
    return JSON.stringify(input) ?? String(input);
  } catch {
    // Circular, a BigInt, or with a toJSON that throws.
    return typeof input === "bigint" ? `${input}` : Object.prototype.toString.call(input);
  }
}

/** Makes a bad target of one, so that its row can be found again. */
export function refuseTarget({ url, line, tag, address, id }: BatchTarget, problem: string): BadTarget {
  return {
    input: url,
    problem,
    ...(line !== undefined && { line }),
    ...(tag !== undefined && { tag }),
    ...(address !== undefined && { address }),
    ...(id !== undefined && { id }),
  };
}

/** Whether a target has settings of its own, with which it perhaps cannot be probed. */
export function hasOwnSettings({ method, headers, body, address, sni, judge }: BatchTarget): boolean {
  return (method ?? headers ?? body ?? address ?? sni ?? judge) !== undefined;
}

function mergeOptions(options: ProbeOptions, source: BatchTarget, target: Target): ProbeOptions {
  if (!hasOwnSettings(source)) return options;
  const { method, headers, body, address, sni, judge } = source;
  return {
    ...options,
    ...judge?.options,
    ...(method !== undefined && { method }),
    ...(headers && { headers }),
    ...(body !== undefined && { body }),
    ...(sni !== undefined && { sni }),
    ...(address !== undefined && {
      // Those of the batch go on to count for the hosts of redirects.
      resolve: [...options.resolve ?? [], ...addressRules(address, target)],
      ...(options.connectTo && { connectTo: [stayRule(target), ...options.connectTo] }),
    }),
  };
}

/** A rule for each port that the target may turn out to have. */
function addressRules(address: string, { host, port }: Target): NonNullable<ProbeOptions["resolve"]> {
  if (ipFamily(address) === 0) throw new TypeError(`Cannot connect to "${address}": it is not an IP address`);
  return (port === undefined ? [443, 80] : [port]).map((port) => ({ host, port, addresses: [address] }));
}

/** Keeps a target from being redirected elsewhere by the rules behind it. */
function stayRule({ host, port }: Target): NonNullable<ProbeOptions["connectTo"]>[number] {
  return { host, port, toHost: undefined, toPort: undefined };
}

/** The result of an input that could not be probed. */
export function describeBadTarget({ input, problem, line, tag, address, id }: BadTarget): ProbeResult {
  const where = line === undefined ? "" : `line ${line}: `;
  return {
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
    ...(line !== undefined && { line }),
    ...(tag !== undefined && { tag }),
    ...(address !== undefined && { address }),
    ...(id !== undefined && { id }),
  };
}
