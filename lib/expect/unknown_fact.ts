/**
 * Explains that an expectation is about a fact that does not exist, or that only stands for a group of facts.
 *
 * @module
 */

import type { ExperimentNames } from "../conn/experiment_names.ts";
import { adviseNearest, nearEnough, nearest, sayNearest } from "../text/nearest.ts";
import { parsePath, type Step } from "./path.ts";
import { type ExpectationSubject, listFacts, listNames, resolveFact } from "./resolve_fact.ts";
import { SYNONYMS, toWord } from "./synonyms.ts";
import { ExpectationSyntaxError, UnknownFactError } from "./syntax_error.ts";
import { parseValue } from "./value.ts";

const OF_PROFILES =
  "; for facts of connection profiles such as idle, use parseProfileExpectation() of lib/conn.ts";

/**
 * Makes the error for a path that names no fact. It names the nearest fact, or the nearest three.
 *
 * @param text The whole expectation
 * @param path The path as written, and its steps
 */
export function unknownFact(
  text: string,
  path: { readonly name: string; readonly steps: readonly Step[] },
  { subject, names, brief }: {
    readonly subject?: ExpectationSubject | undefined;
    readonly names?: ExperimentNames | undefined;
    readonly brief?: boolean | undefined;
  },
): ExpectationSyntaxError {
  const { name, steps } = path;
  if (/^\d/.test(name)) {
    return new ExpectationSyntaxError(
      text,
      steps[0]!.at,
      "the name of a fact stands first, as in status == 200",
    );
  }
  const all = listFacts([], subject, names);
  const { what, names: known } = listNames(steps, names) ??
    { what: "fact", names: listFacts(steps, subject, names) };
  // If every known name begins like this one, the beginning is right.
  const begun = steps.length > 1 && known.length < all.length;
  const wrong = begun ? firstWrong(steps, known) ?? steps[1]! : steps[0]!;
  const word = what === "fact" ? name : String(wrong.name);
  const hint = names || subject === "result" ? "" : OF_PROFILES;
  const synonym = SYNONYMS.get(toWord(name));
  const suggested = synonym !== undefined &&
      resolveFact(parsePath(synonym, 0).steps, names)?.[subject ?? "result"] !== undefined
    ? synonym
    : fieldOf(name) ?? (begun || what !== "fact" ? undefined : sameEnd(name, known)) ??
      similarFact(name, known) ??
      (brief ? nearest(word, known)?.word : undefined);
  const advice = what === "fact"
    ? adviseFact(word, begun ? steps.slice(0, steps.indexOf(wrong) + 1) : [wrong], known)
    : adviseNearest(word, known, { write: JSON.stringify });
  const cause = suggested === undefined
    ? `${advice ?? "and no fact at all"}${hint}`
    : sayNearest(JSON.stringify(suggested));
  return new UnknownFactError(text, wrong.at, `there is no ${what} "${word}", ${cause}`);
}

/**
 * Words the advice about the nearest facts. Of facts that begin alike only the ends are compared, and a part that the
 * user chooses stays as written.
 *
 * @param path The steps up to the wrong one, which is the last
 */
function adviseFact(word: string, path: readonly Step[], known: readonly string[]): string | undefined {
  const beginning = path.slice(0, -1).map(({ name }) => typeof name === "string" ? `${name}.` : "[N].")
    .join("").replaceAll(".[", "[");
  const alike = beginning === "" ? [] : known.filter((fact) => fact.startsWith(beginning));
  const right = alike.length > 0 ? path.at(-1)!.at - path[0]!.at : 0;
  const typed = word.slice(right);
  const [, chosen] = /\.([^.]+)$/.exec(typed) ?? [];
  const ends = (alike.length > 0 ? alike : withoutChosenNames(word, known)).map((fact) => {
    const end = fact.slice(alike.length > 0 ? beginning.length : 0);
    return chosen === undefined ? end : end.replace(/(?<=\.)NAME$/, chosen);
  });
  return adviseNearest(typed, ends, { write: (end) => JSON.stringify(word.slice(0, right) + end) });
}

/** Leaves out facts that end in a name of the user, such as `trailer.NAME`, unless the word begins nearly like them. */
function withoutChosenNames(word: string, facts: readonly string[]): string[] {
  const [group = ""] = word.split(".", 1);
  return facts.filter((fact) =>
    !/[A-Z]{2,}/.test(fact) || nearEnough(group, [fact.split(".", 1)[0]!]) !== undefined
  );
}

/** Finds the first name with which none of the facts begin. */
function firstWrong(steps: readonly Step[], facts: readonly string[]): Step | undefined {
  return steps.slice(1).find(({ name }, index) => {
    const beginning = steps.slice(0, index + 2).map((step) => String(step.name)).join(".");
    return typeof name === "string" && !facts.some((fact) => fact.startsWith(`${beginning}.`));
  });
}

/** Gives the name of a field for the plural that other tools use: `header.server` for `headers.server`. */
function fieldOf(name: string): string | undefined {
  const [, field] = /^(?:response\.)?(?:headers?)\.(.+)$/i.exec(name) ?? [];
  return field === undefined ? undefined : `header.${field}`;
}

/**
 * Finds the fact whose last name is right: `certificate.daysLeft` for `cert.daysLeft`, `timings.dns` for `dns`. A time
 * comes first, and otherwise the names before must be near.
 */
function sameEnd(name: string, facts: readonly string[]): string | undefined {
  const end = name.slice(name.lastIndexOf(".") + 1).toLowerCase();
  const group = name.slice(0, -end.length - 1);
  const found = facts.filter((fact) => !fact.includes("[") && fact.toLowerCase().endsWith(`.${end}`));
  if (group === "") return found.find((fact) => fact.startsWith("timings."));
  const near = nearEnough(group, found.map((fact) => fact.slice(0, -end.length - 1)));
  return found.find((fact) => fact.slice(0, -end.length - 1) === near);
}

/** Finds a fact that begins like the name, or that ends it: `certificate.daysLeft` for `certificate.days`. */
function similarFact(name: string, facts: readonly string[]): string | undefined {
  const word = toWord(name);
  return facts.find((fact) => fact.toLowerCase().startsWith(word)) ??
    facts.find((fact) => word.endsWith(`.${fact.toLowerCase()}`));
}

/** Groups with a shorter name. */
const SHORTER_NAMES: readonly (readonly [name: string, shorter: string])[] = [
  ["tls.certificate", "certificate"],
  ["chain.earliestCertificate", "certificate.earliest"],
];

/**
 * Finds the fact that somebody means who compares a group of facts, as in `certificate.earliest > 14d`: a number if the
 * value is one, otherwise a text.
 *
 * @param name Name of the group, for instance `certificate.earliest`
 * @param value The value as written
 */
export function comparableFact(
  name: string,
  value: string,
  { subject, names }: {
    readonly subject?: ExpectationSubject | undefined;
    readonly names?: ExperimentNames | undefined;
  },
): string | undefined {
  const [, element = "", path = ""] = /^(.*\]\.)?(.*)$/.exec(name)!;
  const group = SHORTER_NAMES.find(([long]) => long === path)?.[1] ?? path;
  const found = listFacts([], subject, names).find((fact) =>
    fact.startsWith(`${group}.`) && !fact.includes("[") && fits(fact, value, names)
  );
  return found === undefined ? undefined : element + found;
}

function fits(name: string, value: string, names: ExperimentNames | undefined): boolean {
  const { result, profile } = resolveFact(parsePath(name, 0).steps, names) ?? {};
  const fact = result ?? profile;
  if (fact === undefined || fact.type === "presence") return false;
  const isNumber = fact.type === "number" || fact.type === "count";
  try {
    const { type } = parseValue(value, 0, fact);
    return /^-?[\d.]/.test(value) ? isNumber && type === "number" : !isNumber;
  } catch (error) {
    if (error instanceof ExpectationSyntaxError) return false;
    throw error;
  }
}
