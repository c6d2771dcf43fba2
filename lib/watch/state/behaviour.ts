/**
 * Describes the behaviour of a server, and notices lasting changes.
 *
 * @module
 */

import type { DeviationCode } from "../../http/deviation.ts";
import { fieldValues } from "../../http/field_list.ts";
import type { ProbeResult } from "../../result.ts";
import type { Behaviour, CheckState, OtherValue } from "./check_state.ts";
import { changeAside, type Step, type StepContext } from "./step.ts";

/** Runs in a row that confirm a new value: servers that share a name may differ, and a rollout takes some time. */
const CONFIRMING_RUNS = 5;

/** The same if the old and the new value took turns before. */
const CONFIRMING_AFTER_TURNS = 30;

/** Deviations that depend on how long sonde happens to watch the connection, and on when the packets arrive. */
const OF_OUR_WINDOW: ReadonlySet<DeviationCode> = new Set([
  "connection-lie",
  "data-after-close",
  "excess-crlf",
  "excess-data",
  "tls-truncated",
]);

/** Advances the behaviour by one run: a fact that several runs in a row see otherwise is a change. */
export function advanceBehaviour(step: Step, { run, at }: StepContext): Step {
  const { state, changes } = step;
  if (run.verdict === "down") return step;
  const seen = behaviourOf(run.result);
  if (seen === undefined) return step;
  const known = knownBehaviour(state);
  const others: Record<string, OtherValue> = {};
  const differences: string[] = [];
  for (const [name, value] of Object.entries(seen)) {
    const before = known[name] ??= value;
    const other = countSighting(otherValue(state, name), { value, known: before });
    if (other === undefined) continue;
    const turns = other.returned !== undefined;
    if (other.runs < (turns ? CONFIRMING_AFTER_TURNS : CONFIRMING_RUNS)) others[name] = other;
    else {
      known[name] = value;
      differences.push(`${name}: ${before} → ${value}`);
    }
  }
  const next = { ...state, behaviour: known, otherBehaviour: kept(state, seen, others) };
  if (differences.length === 0) return { state: next, changes };
  const change = changeAside("behaviour", state, { at, cause: differences.join("; ") });
  return { state: next, changes: [...changes, change] };
}

/** Copies the known facts without those that an older version took from the end of a connection. */
function knownBehaviour({ behaviour = {} }: CheckState): Record<string, string> {
  const known = Object.entries(behaviour).filter(([name, value]) => !isAbsent(name, value));
  return Object.fromEntries(
    known.map(([name, value]) => [
      name,
      name === "deviations" ? joinCodes(value.split(", ") as DeviationCode[]) : value,
    ]),
  );
}

/** Tells if a value of an older version stands for a fact that the run did not show. */
function isAbsent(name: string, value: string): boolean {
  return value === "unknown" || value === "none" && (name === "framing" || name === "version");
}

function joinCodes(codes: readonly DeviationCode[]): string {
  return [...new Set(codes)].filter((code) => !OF_OUR_WINDOW.has(code)).sort().join(", ") || "none";
}

function otherValue({ otherBehaviour }: CheckState, name: string): OtherValue | undefined {
  const other = otherBehaviour?.[name];
  // In a state of an older version it is a text, which one run saw.
  return typeof other === "string" ? { value: other, runs: 1 } : other;
}

/** Counts one more run that saw a value. */
function countSighting(
  other: OtherValue | undefined,
  { value, known }: { readonly value: string; readonly known: string },
): OtherValue | undefined {
  if (value !== known) {
    const returned = other?.returned === undefined ? undefined : 0;
    return { value, runs: other?.value === value ? other.runs + 1 : 1, returned };
  }
  const returned = (other?.returned ?? 0) + 1;
  return other === undefined || returned >= CONFIRMING_AFTER_TURNS
    ? undefined
    : { ...other, runs: 0, returned };
}

/** Adds the other values of facts that this run did not show. */
function kept(
  { otherBehaviour }: CheckState,
  seen: Behaviour,
  others: Readonly<Record<string, OtherValue>>,
): CheckState["otherBehaviour"] {
  const unseen = Object.entries(otherBehaviour ?? {}).filter(([name]) => !(name in seen));
  const all = { ...Object.fromEntries(unseen), ...others };
  return Object.keys(all).length === 0 ? undefined : all;
}

/**
 * Describes the behaviour of a server in one exchange. A fact that the exchange did not show is left out.
 *
 * @returns `undefined` if there was no complete response
 */
export function behaviourOf(result: ProbeResult): Behaviour | undefined {
  const { error, status, version, headers = [], body, connection, tls, deviations } = result;
  if (error !== undefined || status === undefined) return undefined;
  const facts: Record<string, string | undefined> = {
    status: String(status),
    version,
    server: fieldValues(headers, "server").join(", ") || "none",
    framing: body?.framing,
    persistent: connection?.announced?.persistent.toString(),
    deviations: joinCodes(deviations.map(({ code }) => code)),
    tls: tls?.version,
    alpn: tls && (tls.alpn ?? "none"),
  };
  return Object.fromEntries(
    Object.entries(facts).filter((fact): fact is [string, string] => fact[1] !== undefined),
  );
}
