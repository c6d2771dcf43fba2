/**
 * Collects the facts of a result that two results are compared by.
 *
 * @module
 */

import type { HeaderField, ProbeResult, TlsFacts } from "../../result.ts";
import { addExperiment } from "./profile_traits.ts";
import { stableField, stableUrl } from "./stable_value.ts";
import { addTraits, type Traits } from "./traits.ts";

/** Names of facts that differ from run to run. */
const VOLATILE: ReadonlySet<string> = new Set(["after", "daysLeft", "at"]);

/** Collects the facts of a result to compare. */
export function resultTraits(result: ProbeResult): Traits {
  const traits: Traits = new Map();
  const add = (path: string, value: unknown): void => addTraits(traits, path, value, VOLATILE);
  add("method", result.method);
  add("ok", result.ok);
  if (result.error) add("error", { kind: result.error.kind, phase: result.error.phase, by: result.error.by });
  add("status", result.status);
  add("reason", result.reason);
  add("version", result.version);
  if (result.headers) addFields(traits, result.headers);
  add("interim", result.interim.map(({ status }) => status));
  if (result.body) {
    const { framing, complete, unread, trailers } = result.body;
    const names = trailers.map(([name]) => name.toLowerCase());
    add("body", { framing, complete, unread, trailers: names });
  }
  add("deviations", [...new Set(result.deviations.map(({ code }) => code))].sort());
  const { connection } = result;
  if (connection) {
    const { announced, end, surplusBytes } = connection;
    // sonde watches a kept connection for a few milliseconds only, so chance decides whether it sees a FIN.
    const fin = announced?.persistent === false ? end.fin : undefined;
    add("connection", {
      announced: { ...announced },
      end: { by: end.by, how: end.how, fin },
      surplusBytes,
    });
  }
  add("tls", tlsTraits(result.tls));
  add("redirects", result.redirects.map(({ status, url }) => `${status} ${stableUrl(url)}`));
  add("redirects.certificates", result.redirects.flatMap(describeCertificate));
  for (const [name, report] of Object.entries(result.experiments ?? {})) {
    addExperiment(traits, `experiments.${name}`, report);
  }
  for (const { expect, ok } of result.checks) add(`checks.${expect}`, ok);
  return traits;
}

function describeCertificate({ tls, url }: ProbeResult): string[] {
  return tls?.certificate === undefined
    ? []
    : [`${stableUrl(url)} ${tls.certificate.subject} until ${tls.certificate.notAfter}`];
}

/** Names the issuers by their certificates alone: their days count down. */
function tlsTraits(tls: TlsFacts | undefined): unknown {
  const { certificate } = tls ?? {};
  if (certificate?.issuers === undefined) return tls;
  const issuers = certificate.issuers.map(({ subject, notAfter }) => `${subject} until ${notAfter}`);
  return { ...tls, certificate: { ...certificate, issuers } };
}

function addFields(traits: Traits, fields: readonly HeaderField[]): void {
  const values = new Map<string, string[]>();
  for (const [name, value] of fields) {
    const key = name.toLowerCase();
    // "max" in Keep-Alive counts down on a connection, but one probe sees the first value only.
    values.set(key, [...values.get(key) ?? [], stableField(key, value)]);
  }
  for (const [name, all] of values) traits.set(`header.${name}`, { value: all.length === 1 ? all[0] : all });
}
