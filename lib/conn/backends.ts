/**
 * Tells different servers behind one address apart by their answers to the same request.
 *
 * @module
 */

import { fieldValues } from "../http/field_list.ts";
import { decodeLatin1 } from "../http/octets.ts";
import type { ParsedResponse } from "../http/response.ts";
import { escapeOctets } from "../text/escape/text.ts";
import type { ExperimentReport } from "../result.ts";
import type { AnswerPlace } from "./lab/request_record.ts";

/** Shows in any answer which server gave it. */
const NAME = "Server";
/** Show in the first answer on a connection which server gave it, where they come and go from connection to connection. */
const HABITS = ["version", "announced timeout", "after the answer"] as const;
/** Traits that differ between servers, but for other reasons too. */
const CONSEQUENCES = ["status", "framing", "fields", "ETag", "Last-Modified"] as const;

/** Stands for a field that is not there. */
const NONE = "none";
/** Octets of a request that is compared, and answers: oversized requests and long runs add nothing. */
const LARGEST = 4_096;
const MOST_ANSWERS = 5_000;
/** More different values than this are chance, not servers. */
const MOST = 4;
/** Fields that belong to the connection or the moment. */
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
  /** The same without the status. */
  readonly request: string;
  readonly first: boolean;
  readonly traits: Traits;
}

/** The traits that differ between the servers, with their values. */
export type Differing = Readonly<Record<string, readonly string[]>>;

/** The different servers that answered. */
export interface UnlikeBackends {
  readonly differing: Differing;
  /** The servers, by what tells them apart. */
  readonly labels: readonly string[];
  /** The servers that gave some of the answers, as far as these show it. */
  readonly labelsOf: (responses: readonly ParsedResponse[]) => string[];
}

/** Collects answers in the order in which they come. */
export class Backends {
  readonly #seen: Seen[] = [];
  readonly #byResponse = new Map<ParsedResponse, Seen>();

  /** Takes an answer. Only those to octets that are known can be compared. */
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

  /** Compares the answers. `undefined` if all of them may be those of one server, or of several alike. */
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
   * Servers that give different names of theirs in answer to the same request: with the same status, or in turns. An error
   * now and then may come from what stands between.
   */
  #named(): Telling | undefined {
    const named =
      groupsOf(this.#seen, ({ key }) => key).some((group) => new Set(group.map(value(NAME))).size > 1) ||
      groupsOf(this.#seen.filter(({ first }) => first), ({ request }) => request).some(takesTurns(NAME));
    if (!named) return undefined;
    const labelOf = ({ traits: { [NAME]: name = NONE } }: Seen): string =>
      name === NONE ? "a server without a name" : name;
    return { marks: [NAME], labelOf };
  }

  /** Servers whose first answers on a connection announce different things, in turns. */
  #habitual(): Telling | undefined {
    const groups = groupsOf(this.#seen.filter(({ first }) => first), ({ key }) => key);
    const marks = HABITS.filter((name) => groups.some(takesTurns(name)));
    if (marks.length === 0) return undefined;
    // Whatever asks for something else may be answered otherwise by the same server.
    const keys = new Set(
      groups.filter((group) => marks.some((name) => takesTurns(name)(group))).map(([seen]) => seen?.key),
    );
    const formatMarks = ({ traits }: Seen): string =>
      marks.map((mark) => `${mark} ${traits[mark]}`).join(", ");
    const labelOf = (seen: Seen): string | undefined =>
      seen.first && keys.has(seen.key) ? formatMarks(seen) : undefined;
    const labels = new Set(this.#seen.map(labelOf));
    // Whether an answer closes depends on the request and its number as well.
    const guess = (seen: Seen): string | undefined =>
      !marks.includes("after the answer") && labels.has(formatMarks(seen)) ? formatMarks(seen) : undefined;
    return { marks, labelOf, guess };
  }

  /** Tells whether each server has one value of a trait, and not all the same. */
  #follows(name: string, labelOf: Telling["labelOf"]): boolean {
    return groupsOf(this.#seen, ({ request }) => request).some((group) => {
      const byLabel = Map.groupBy(group, labelOf);
      byLabel.delete(undefined);
      const values = [...byLabel.values()].map((all) => new Set(all.map(value(name))));
      return values.length > 1 && values.every(({ size }) => size === 1) &&
        new Set(values.map(([only]) => only)).size > 1;
    });
  }

  /** The values of a trait in answers to the same request, of the first of them in which they differ. */
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
   * The server of an answer to which there is nothing to compare it with, as the marks have it: behind a proxy that chooses a
   * server for each request, another one may answer later on the connection.
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

/** A value that comes back after another one, and none of them just once: not a change, and not an accident. */
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

/** Adds to a report which of several different servers it is about. */
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
