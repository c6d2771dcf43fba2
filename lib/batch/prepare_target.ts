/**
 * Prepares one target of a batch for its probe.
 *
 * @module
 */

import { ipFamily } from "../net/ip_address.ts";
import type { ProbeOptions } from "../probe/options.ts";
import { parseTarget, type Target } from "../target/target.ts";
import { describeUnknown } from "../text/check_options.ts";
import {
  type BadTarget,
  BATCH_TARGET_NAMES,
  type BatchInput,
  type BatchTarget,
  readInput,
  refuseTarget,
} from "./batch_target.ts";

/** A target that is ready to be probed. */
export interface PreparedTarget {
  readonly target: Target;
  readonly options: ProbeOptions;
  readonly source: BatchTarget;
}

/**
 * Reads the URL or host of a target and merges its settings with the options of the batch. If the target contains a
 * mistake, this returns a {@linkcode BadTarget}.
 */
export function prepareTarget(input: BatchInput, options: ProbeOptions): PreparedTarget | BadTarget {
  const source = readInput(input);
  if ("problem" in source) return source;
  try {
    checkNames(source);
    const target = parseTarget(source.url);
    return { target, options: mergeOptions(options, source, target), source };
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
    return refuseTarget(source, error.message);
  }
}

function checkNames(source: BatchTarget): void {
  for (const name in source) {
    if (Object.hasOwn(BATCH_TARGET_NAMES, name)) continue;
    throw new TypeError(`Cannot probe ${source.url}: ${describeUnknown(name, BATCH_TARGET_NAMES)}`);
  }
}

/** Tells whether a target has its own settings, which may make it impossible to probe. */
export function hasOwnSettings({ method, headers, body, address, sni, judge }: BatchTarget): boolean {
  return (method ?? headers ?? body ?? address ?? sni ?? judge) !== undefined;
}

function mergeOptions(options: ProbeOptions, source: BatchTarget, target: Target): ProbeOptions {
  if (!hasOwnSettings(source)) return options;
  const { method, headers, body, address, sni, judge } = source;
  const merged = {
    ...options,
    ...judge?.options,
    method: method ?? options.method,
    headers: headers ?? options.headers,
    body: body ?? options.body,
    sni: sni ?? options.sni,
  };
  if (address === undefined) return merged;
  return {
    ...merged,
    // The rules of the batch still apply to the hosts of redirects.
    resolve: [...options.resolve ?? [], ...addressRules(address, target)],
    connectTo: options.connectTo && [stayRule(target), ...options.connectTo],
  };
}

/** Makes a rule for each port that the target may turn out to use. */
function addressRules(address: string, { host, port }: Target): NonNullable<ProbeOptions["resolve"]> {
  if (ipFamily(address) === 0) throw new TypeError(`Cannot connect to "${address}": it is not an IP address`);
  return (port === undefined ? [443, 80] : [port]).map((port) => ({ host, port, addresses: [address] }));
}

/** Makes a rule that precedes those of the batch and connects to the target itself. */
function stayRule({ host, port }: Target): NonNullable<ProbeOptions["connectTo"]>[number] {
  return { host, port, toHost: undefined, toPort: undefined };
}
