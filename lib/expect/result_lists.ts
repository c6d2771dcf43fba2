/**
 * Facts about the lists of a result: interim responses, deviations, tries, attempts, issuers and earlier hops.
 *
 * @module
 */

import { ERROR_KINDS } from "../error_kind.ts";
import type { ConnectTry, Deviation, InterimResponse, ProbeError, ProbeResult } from "../result.ts";
import { ISSUER_FACTS } from "./chain_facts.ts";
import { type ElementFacts, elementFacts } from "./element_facts.ts";
import { type Fact, fact, type FactTable } from "./fact.ts";
import { fieldFact } from "./field_fact.ts";
import type { Step } from "./path.ts";

const INTERIM: FactTable<InterimResponse> = {
  "status": fact("number", ({ status }) => status),
  "reason": fact("text", ({ reason }) => reason),
  "at": fact("number", ({ at }) => at, { unit: "ms" }),
  "headers": fact("count", ({ headers }) => headers.length),
};

const DEVIATION: FactTable<Deviation> = {
  "code": fact("text", ({ code }) => code),
  "class": fact("text", (it) => it.class),
  "offset": fact("number", ({ offset }) => offset, { unit: "octets" }),
  "message": fact("text", ({ message }) => message),
  "rfc": fact("text", ({ rfc }) => rfc),
  "excerpt": fact("text", ({ excerpt }) => excerpt ?? null),
};

type WithError = { readonly error?: ProbeError };

const ERROR: FactTable<WithError> = {
  "error": fact("presence", ({ error }) => error ?? null),
  "error.kind": fact("text", ({ error }) => error?.kind ?? null, { values: Object.keys(ERROR_KINDS) }),
  "error.phase": fact("text", ({ error }) => error?.phase ?? null),
  "error.by": fact("text", ({ error }) => error?.by ?? null),
  "error.alert": fact("text", ({ error }) => error?.alert ?? null),
  "error.speaksTls": fact("flag", ({ error }) => error?.speaksTls ?? null),
  "error.message": fact("text", ({ error }) => error?.message ?? null),
};

const TRY: FactTable<ConnectTry> = {
  "address": fact("text", ({ address }) => address),
  "port": fact("number", ({ port }) => port),
  "ms": fact("number", ({ ms }) => ms, { unit: "ms" }),
  ...ERROR,
};

const ATTEMPT: FactTable<NonNullable<ProbeResult["attempts"]>[number]> = {
  "total": fact("number", ({ total }) => total, { unit: "ms" }),
  ...ERROR,
};

/** Gives a list; `undefined` if it is empty because the exchange failed before its elements. */
function reached<Element>(list: readonly Element[], { error }: ProbeResult): readonly Element[] | undefined {
  return list.length > 0 || error === undefined ? list : undefined;
}

const ISSUERS = elementFacts(({ tls }: ProbeResult) => tls?.certificate?.issuers, ISSUER_FACTS);

/** Facts about elements, by the name of the list. */
export const RESULT_LISTS: Readonly<Record<string, ElementFacts<ProbeResult>>> = {
  "interim": elementFacts((result) => reached(result.interim, result), INTERIM, {
    names: ["header.NAME"],
    resolve: ([root, ...steps]) =>
      root?.name === "header" ? fieldFact(({ headers }) => headers, steps) : undefined,
  }),
  "deviations": elementFacts((result) => reached(result.deviations, result), DEVIATION),
  "tries": elementFacts(({ tries = [] }) => tries, TRY),
  "attempts": elementFacts(({ attempts = [] }) => attempts, ATTEMPT),
  "certificate.issuers": ISSUERS,
  "tls.certificate.issuers": ISSUERS,
};

/** Makes a fact about an earlier hop, which has all facts of a result. */
export function redirectFact(
  steps: readonly Step[],
  resolve: (steps: readonly Step[]) => Fact<ProbeResult> | undefined,
): Fact<ProbeResult> | undefined {
  return elementFacts(({ redirects }: ProbeResult) => redirects, {}, { names: [], resolve }).resolve(steps);
}
