/**
 * Distinguishes servers behind one address by their answers to the same request.
 *
 * @module
 */

import { fieldValues } from "../http/field_list.ts";
import { decodeLatin1 } from "../http/octets.ts";
import type { ParsedResponse } from "../http/response.ts";
import { escapeOctets } from "../text/escape/text.ts";
import type { ExperimentReport } from "../result.ts";
import type { AnswerPlace } from "./lab/request_record.ts";

/** Traits by which any answer reveals its server. */
const NAME = "Server";
/** Traits by which the first answer on a connection reveals its server, if they alternate between connections. */
const HABITS = ["version", "announced timeout", "after the answer"] as const;
/** Traits that differ between servers, but also for other reasons. */
const CONSEQUENCES = ["status", "framing", "fields", "ETag", "Last-Modified"] as const;

/** Stands for a missing field. */
const NONE = "none";
/** Limits on compared requests, in octets, and on answers: oversized requests and long runs add no information. */
const LARGEST = 4_096;
const MOST_ANSWERS = 5_000;
/** Maximum different values of a trait: more of them are chance, not servers. */
const MOST = 4;
/** Fields that belong to the connection or to the moment. */
const OF_THE_MOMENT: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "date",
  "age",
  "set-cookie",
  "expires",
]);

/** The traits of an answer by name. */
type Traits = Readonly<Record<string, string>>;

/** One answer. */
interface Seen {
  /** Address, status and octets of the request. */
  readonly key: string;
  /** The same key without the status. */
  readonly request: string;
  readonly first: boolean;
  readonly traits: Traits;
}

/** The traits that differ between the servers, with their values. */
export type Differing = Readonly<Record<string, readonly string[]>>;

/** The different servers that answered. */
export interface UnlikeBackends {
  readonly differing: Differing;
  /** The servers, by the traits that distinguish them. */
  readonly labels: readonly string[];
  /** The servers that gave some of the answers, as far as the answers reveal them. */
  readonly labelsOf: (responses: readonly ParsedResponse[]) => string[];
}

/** Collects answers in the order in which they come. */
export class Backends {
  readonly #seen: Seen[] = [];
  readonly #byResponse = new Map<ParsedResponse, Seen>();

  /** Adds an answer. Answers can be compared only if the octets of their request are known. */
  take(response: ParsedResponse, { request, number, address }: AnswerPlace): void {
    if (!request || request.length > LARGEST || this.#seen.length >= MOST_ANSWERS) return;
    const key = `${address} ${response.status} ${decodeLatin1(request)}`;
    const seen = {
      key,
      request: `${address} ${decodeLatin1(request)}`,
      first: number === 1,
      traits: traitsOf(response),
    };
    this.#seen.push(seen);
    this.#byResponse.set(response, seen);
  }

  /** Compares the answers. Returns `undefined` if one server, or several identical ones, can have given all of them. */
  compare(): UnlikeBackends | undefined {
    const tell = this.#named() ?? this.#habitual();
    if (!tell) return undefined;
    const { marks, labelOf, guess } = tell;
    const others = [...HABITS, ...CONSEQUENCES].filter((name) => !marks.includes(name));
    const consequences = others.filter((name) => this.#follows(name, labelOf));
    const differing = Object.fromEntries(
      [...marks, ...consequences].map((name) => [name, this.#valuesOf(name, labelOf)]),
    );
    const labelsOf = (all: readonly (Seen | undefined)[]): string[] =>
      [...new Set(all.flatMap((seen) => (seen && (labelOf(seen) ?? guess?.(seen))) ?? []))].sort();
    return {
      differing,
      labels: labelsOf(this.#seen),
      labelsOf: (responses) => labelsOf(responses.map((response) => this.#byResponse.get(response))),
    };
  }

  /**
   * Finds servers that give different server names in answer to the same request, with the same status or alternately.
   * An occasional error may come from a proxy in between.
   */
  #named(): Telling | undefined {
    const named =
      groupsOf(this.#seen, ({ key }) => key).some((group) => new Set(group.map(value(NAME))).size > 1) ||
      groupsOf(this.#seen.filter(({ first }) => first), ({ request }) => request).some(takesTurns(NAME));
    if (!named) return undefined;
    const labelOf = ({ traits: { [NAME]: name = NONE } }: Seen): string =>
      name === NONE ? "a server without a Server field" : name;
    return { marks: [NAME], labelOf };
  }

  /** Finds servers whose first answers on a connection alternate in their announcements. */
  #habitual(): Telling | undefined {
    const groups = groupsOf(this.#seen.filter(({ first }) => first), ({ key }) => key);
    const marks = HABITS.filter((name) => groups.some(takesTurns(name)));
    if (marks.length === 0) return undefined;
    // The same server may answer a different request differently.
    const keys = new Set(
      groups.filter((group) => marks.some((name) => takesTurns(name)(group))).map(([seen]) => seen?.key),
    );
    const formatMarks = ({ traits }: Seen): string =>
      marks.map((mark) => `${mark} ${traits[mark]}`).join(", ");
    const labelOf = (seen: Seen): string | undefined =>
      seen.first && keys.has(seen.key) ? formatMarks(seen) : undefined;
    const labels = new Set(this.#seen.map(labelOf));
    // Whether an answer closes also depends on the request and its number.
    const guess = (seen: Seen): string | undefined =>
      !marks.includes("after the answer") && labels.has(formatMarks(seen)) ? formatMarks(seen) : undefined;
    return { marks, labelOf, guess };
  }

  /** Tells whether each server has exactly one value of a trait, and the values differ. */
  #follows(name: string, labelOf: Telling["labelOf"]): boolean {
    return groupsOf(this.#seen, ({ request }) => request).some((group) => {
      const byLabel = Map.groupBy(group, labelOf);
      byLabel.delete(undefined);
      const values = [...byLabel.values()].map((all) => new Set(all.map(value(name))));
      return values.length > 1 && values.every(({ size }) => size === 1) &&
        new Set(values.map(([only]) => only)).size > 1;
    });
  }

  /** Gives the values of a trait in answers to the same request, for the first request with different values. */
  #valuesOf(name: string, labelOf: Telling["labelOf"]): string[] {
    const labelled = this.#seen.filter((seen) => labelOf(seen) !== undefined);
    const sets = groupsOf(labelled, ({ request }) => request).map((group) => new Set(group.map(value(name))));
    return [...sets.find(({ size }) => size > 1) ?? []];
  }
}

/** The rule that tells servers apart. */
interface Telling {
  readonly marks: readonly string[];
  readonly labelOf: (seen: Seen) => string | undefined;
  /**
   * Identifies the server of a single answer by the marks. Behind a proxy that chooses a server for each request,
   * another server may answer later on the connection.
   */
  readonly guess?: (seen: Seen) => string | undefined;
}

function groupsOf(seen: readonly Seen[], keyOf: (seen: Seen) => string): Seen[][] {
  return [...Map.groupBy(seen, keyOf).values()];
}

function traitsOf(response: ParsedResponse): Traits {
  const { status, version, headers, body, announced } = response;
  const text = (name: string): string => fieldValues(headers, name).map(escapeOctets).join(", ") || NONE;
  const names = new Set(
    headers.map(([name]) => name.toLowerCase()).filter((name) => !OF_THE_MOMENT.has(name)),
  );
  return {
    [NAME]: text("server"),
    version: `HTTP/${version}`,
    "announced timeout": announced.timeout === undefined ? NONE : `${announced.timeout} s`,
    "after the answer": announced.persistent ? "stays open" : "closes",
    status: String(status),
    framing: body.framing,
    fields: [...names].sort().map(escapeOctets).join(" "),
    ETag: text("etag"),
    "Last-Modified": text("last-modified"),
  };
}

function value(name: string): (seen: Seen) => string {
  return ({ traits }) => traits[name] ?? NONE;
}

/**
 * Tells whether a value returns after another one, and each value occurs more than once: neither a change nor an
 * accident.
 */
function takesTurns(name: string): (group: readonly Seen[]) => boolean {
  return (group) => {
    const values = group.map(value(name));
    const counts = Map.groupBy(values, (one) => one);
    if (counts.size < 2 || counts.size > MOST || [...counts.values()].some(({ length }) => length < 2)) {
      return false;
    }
    return values.some((one, index) => one !== values[index - 1] && values.indexOf(one) < index - 1);
  };
}

/** Adds to a report which of several servers it describes. */
export function nameBackends(
  report: ExperimentReport,
  { differing, labels, labelsOf }: UnlikeBackends,
  responses: readonly ParsedResponse[],
): ExperimentReport {
  if (report.outcome === "skipped") return report;
  const answered = labelsOf(responses);
  const backends = { differing, answered };
  const others = labels.filter((label) => !answered.includes(label));
  const said = answered.length === 0
    ? "different servers answer here, and another one may behave differently"
    : others.length > 0
    ? `as answered by ${answered.join(" and ")}; ${others.join(" and ")} may behave differently`
    : `answered by ${answered.join(" and ")} in turns: the result depends on the server`;
  return { ...report, summary: `${report.summary} (${said})`, facts: { ...report.facts, backends } };
}
