/**
 * Finds facts that a saved row does not hold, because the run did not keep them.
 *
 * @module
 */

import type { ConnectionProfile, ProbeResult } from "../result.ts";
import type { Fact } from "./fact.ts";
import { type Expectation, partsOf } from "./parse_expectation.ts";
import type { WithExperiments } from "./profile_facts.ts";

/**
 * Tells what a saved result lacks for an expectation: the fact is not absent at the server, but the run did not keep it.
 *
 * @returns A sentence without a full stop; `undefined` if the expectation can be checked
 */
export function missingInResult(
  result: ProbeResult & WithExperiments,
  expectation: Expectation,
): string | undefined {
  const { row } = partsOf(expectation).fact;
  const hops = [...result.redirects, result];
  switch (row?.needs) {
    case "text":
      return hops.some(lacksText)
        ? "the row does not hold the content: a batch keeps it with --body"
        : undefined;
    case "sha256":
      return hops.some(({ body }) => body !== undefined && body.sha256 === undefined)
        ? "the row does not hold the SHA-256 of the content: a run keeps it for an expectation about body.sha256"
        : undefined;
  }
  return missingExperiment(result, row) ?? missingPart(result, row, expectation);
}

/** The parts of a complete exchange, by the first names of the facts about them. */
const PARTS: Readonly<Record<string, keyof ProbeResult>> = {
  request: "request",
  status: "status",
  reason: "reason",
  version: "version",
  headers: "headers",
  header: "headers",
  body: "body",
  trailer: "body",
  json: "body",
  connection: "connection",
  tls: "tls",
  certificate: "tls",
};

/** Finds a part that every complete exchange has, but not this row: an earlier version or another tool left it out. */
function missingPart(
  result: ProbeResult,
  fact: Pick<Fact<ProbeResult>, "read"> | undefined,
  { text }: Expectation,
): string | undefined {
  const part = PARTS[/^\s*(?:not\s+|!\s*)?([\w]+)/.exec(text)?.[1] ?? ""];
  if (part === undefined || result[part] !== undefined || result.error !== undefined) return undefined;
  return fact?.read(result) === undefined ? `the row does not hold ${part}` : undefined;
}

/** Tells what a saved profile lacks for an expectation. */
export function missingInProfile(profile: ConnectionProfile, expectation: Expectation): string | undefined {
  return missingExperiment(profile, partsOf(expectation).fact.profile);
}

/** Content that could not be decoded was kept as far as possible, and empty content is known. */
function lacksText({ body }: ProbeResult): boolean {
  return body !== undefined && body.text === undefined && body.bytes > 0 && body.coding?.error === undefined;
}

function missingExperiment(
  { experiments }: WithExperiments,
  fact: Pick<Fact<never>, "experiment"> | undefined,
): string | undefined {
  const name = fact?.experiment;
  if (name === undefined || experiments?.[name] !== undefined) return undefined;
  return `the row does not hold the experiment ${name}, which did not run`;
}
