/**
 * Notices certificates that expire soon, once for each certificate and threshold.
 *
 * @module
 */

import { chainCertificates } from "../../redirect_chain.ts";
import type { ChainCertificate } from "../../result.ts";
import { describeCertificateEnd } from "../../report/certificate_end.ts";
import type { CheckState, SeenCertificate } from "./check_state.ts";
import type { ChangeKind, StateChange } from "./state_change.ts";
import { changeAside, type Step, type StepContext } from "./step.ts";

/** Runs in a row without a certificate that make it a replaced one. */
const REPLACING_RUNS = 5;

/** The same if a certificate of the host returned: several servers take turns, each with its own. */
const REPLACING_AFTER_TURNS = 50;

/** Certificates that a state remembers; further ones displace those that were not seen for the longest time. */
const MOST_CERTIFICATES = 100;

type SeenCertificates = NonNullable<CheckState["certificates"]>;

/** A certificate of the run, and the threshold that it has passed. */
interface Sighting extends ChainCertificate {
  readonly host: string;
  readonly threshold: number | undefined;
}

/** Advances the certificates by one run. */
export function advanceCertificates(step: Step, context: StepContext): Step {
  const { run: { result }, task: { thresholds: { certificateDays } } } = context;
  // A certificate that was refused may be that of somebody in between, and the check is down for that reason.
  const accepted = chainCertificates(result).filter(({ verified }) => verified || result.error === undefined);
  const sightings = accepted.map((certificate): Sighting => ({
    ...certificate,
    host: hostOf(certificate.url),
    threshold: certificateDays.findLast((days) => certificate.daysLeft < days),
  })).sort((a, b) => Date.parse(a.notAfter) - Date.parse(b.notAfter));
  const known = step.state.certificates ?? {};
  // A failed run tells nothing about the hosts that it did not reach.
  const unused = result.error === undefined ? countUnused(known, sightings) : known;
  if (sightings.length === 0 && unused === known) return step;
  const certificates = bounded({ ...countAbsent(unused, sightings), ...countSeen(known, sightings) });
  const soon = Object.values(certificates).some(({ told, replaced }) =>
    told !== undefined && replaced !== true
  );
  const state = { ...step.state, certificates, certificateSoon: soon };
  const changes = [
    ...describePassed(step.state, sightings, context),
    ...describeReplaced(step.state, certificates, sightings, context),
    ...describeUnused(step.state, certificates, context),
  ];
  return { state, changes: [...step.changes, ...changes] };
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? url;
}

function countSeen(known: SeenCertificates, sightings: readonly Sighting[]): SeenCertificates {
  return Object.fromEntries(sightings.map(({ sha256, host, threshold }): [string, SeenCertificate] => {
    const before = known[sha256];
    const returned = before?.returned ?? (before?.absent === undefined ? undefined : true);
    const told = Math.min(before?.told ?? Infinity, threshold ?? Infinity);
    return [sha256, {
      host,
      told: told === Infinity ? undefined : told,
      returned,
      replaced: before?.replaced,
    }];
  }));
}

/** Counts the run for the certificates that it did not show although it reached their host. */
function countAbsent(known: SeenCertificates, sightings: readonly Sighting[]): SeenCertificates {
  const hosts = new Set(sightings.map(({ host }) => host));
  const turning = new Set(
    Object.values(known).filter(({ returned, replaced }) => returned && !replaced).map(({ host }) => host),
  );
  return Object.fromEntries(
    Object.entries(known).map(([sha256, seen]): [string, SeenCertificate] => {
      if (!hosts.has(seen.host)) return [sha256, seen];
      const absent = (seen.absent ?? 0) + 1;
      const runs = seen.returned || turning.has(seen.host) ? REPLACING_AFTER_TURNS : REPLACING_RUNS;
      return [sha256, {
        ...seen,
        unused: undefined,
        absent,
        replaced: absent >= runs ? true : seen.replaced,
      }];
    }),
  );
}

/** Counts the run for the certificates of hosts that it did not need. A redirect may lead elsewhere now and then. */
function countUnused(known: SeenCertificates, sightings: readonly Sighting[]): SeenCertificates {
  const hosts = new Set(sightings.map(({ host }) => host));
  const entries = Object.entries(known);
  if (entries.every(([, { host }]) => hosts.has(host))) return known;
  return Object.fromEntries(entries.map(([sha256, seen]): [string, SeenCertificate] => {
    if (hosts.has(seen.host)) return [sha256, seen];
    const unused = (seen.unused ?? 0) + 1;
    return [sha256, { ...seen, unused, replaced: unused >= REPLACING_AFTER_TURNS ? true : seen.replaced }];
  }));
}

/** Forgets certificates that are gone and had no notice, and those above the limit. */
function bounded(certificates: SeenCertificates): SeenCertificates {
  const entries = Object.entries(certificates)
    .filter(([, { told, absent = 0, unused = 0 }]) =>
      told !== undefined || Math.max(absent, unused) < REPLACING_AFTER_TURNS
    );
  if (entries.length <= MOST_CERTIFICATES) return Object.fromEntries(entries);
  const byAbsence = entries.sort(([, a], [, b]) => (a.absent ?? 0) - (b.absent ?? 0));
  return Object.fromEntries(byAbsence.slice(0, MOST_CERTIFICATES));
}

/** Makes the change that tells of certificates that passed a threshold; the one that ends first stands for all. */
function describePassed(
  state: CheckState,
  sightings: readonly Sighting[],
  context: StepContext,
): StateChange[] {
  const { certificates, certificateSoon } = state;
  const passed = sightings.filter(({ sha256, threshold }) =>
    threshold !== undefined && threshold < (certificates?.[sha256]?.told ?? Infinity)
  );
  const [first] = passed;
  // A state of an older version does not name the certificate of its notice.
  if (first === undefined || certificates === undefined && certificateSoon) return [];
  // An edit of the task file tells nothing new of a certificate that earlier runs saw.
  const quiet = context.edited && passed.every(({ sha256 }) => certificates?.[sha256] !== undefined) ||
    undefined;
  return [{ ...describe("certificate-soon", state, passed, context), quiet }];
}

/** Makes the change that tells that a certificate was replaced, unless another one ends soon as well. */
function describeReplaced(
  { certificates: known = {}, ...state }: CheckState,
  certificates: SeenCertificates,
  sightings: readonly Sighting[],
  context: StepContext,
): StateChange[] {
  const hosts = Object.entries(certificates)
    .filter(([sha256, { told, replaced }]) =>
      told !== undefined && replaced === true && known[sha256]?.replaced !== true
    )
    .map(([, { host }]) => host);
  const successors = sightings.filter(({ host }) => hosts.includes(host));
  if (successors.length === 0 || sightings.some(({ threshold }) => threshold !== undefined)) return [];
  return [describe("certificate-renewed", state, successors.slice(0, 1), context)];
}

/** Makes the quiet change that ends what was told of certificates, if the check no longer needs their hosts. */
function describeUnused(
  { certificates: known = {}, ...state }: CheckState,
  certificates: SeenCertificates,
  { at }: StepContext,
): StateChange[] {
  const isEnded = Object.entries(certificates).some(([sha256, { told, replaced, unused }]) =>
    told !== undefined && unused !== undefined && replaced === true && known[sha256]?.replaced !== true
  );
  const isOpen = Object.values(certificates).some(({ told, replaced }) =>
    told !== undefined && replaced !== true
  );
  if (!isEnded || isOpen) return [];
  const cause = "the check no longer uses the host of the certificate";
  return [{ ...changeAside("removed", state, { at, cause }), quiet: true, ends: "certificate-soon" }];
}

function describe(
  kind: ChangeKind,
  state: CheckState,
  sightings: readonly Sighting[],
  { run: { result }, at }: StepContext,
): StateChange {
  const { subject, notAfter, daysLeft, sha256, threshold } = sightings[0]!;
  const own = result.tls?.certificate?.fingerprint256;
  const which = kind === "certificate-renewed" ? "the new certificate" : "the certificate";
  const cause = sightings.map((it) =>
    `${which} ${it.sha256 === own ? "" : `${it.subject} of ${it.host} `}${describeCertificateEnd(it)}`
  ).join("; ");
  return {
    ...changeAside(kind, state, { at, cause }),
    certificate: { subject, notAfter, daysLeft, sha256, threshold },
  };
}
