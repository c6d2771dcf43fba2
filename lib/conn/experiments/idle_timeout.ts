/**
 * Experiment `idle-timeout`.
 *
 * @module
 */

import { formatQuantity } from "../../text/count.ts";
import type { Experiment, ExperimentVerdict } from "../experiment.ts";
import { UNEQUAL_ADDRESSES } from "../findings/address_finding.ts";
import { EARLY_CLOSE } from "../findings/early_close_finding.ts";
import { IDLE_PROBLEM } from "../findings/idle_finding.ts";
import { toSeconds } from "../lab/facts.ts";
import type { Lab } from "../lab/lab.ts";
import { formatHow } from "../lab/format_end.ts";
import { settleAll } from "../lab/settle_all.ts";
import type { Settings } from "../settings.ts";
import { ASKING, type Loss } from "./after_silence.ts";
import { announcedTimes, idleTimeoutFacts, unaskedStatus } from "./idle_facts.ts";
import { type IdleSample, sampleIdle } from "./idle_sample.ts";

type Outcome = "closes" | "outlives" | "lost" | "not-kept";

/** Number of simultaneous connections. */
const SIDE_BY_SIDE = 2;
/** Milliseconds between the starts of two samples: a server that checks only at intervals gives different results. */
const STAGGER = 370;
/** Extra samples if no connection was kept; each of them ends immediately. */
const MORE = 2;
/** Samples that differ by more than this, in seconds, are shown as a span. */
const SPREAD = 0.1;

/** Measures the idle timeout. */
export const IDLE_TIMEOUT: Experiment<Outcome> = {
  name: "idle-timeout",
  question: "How long does an idle connection live after an answer?",
  sends:
    "one GET with Connection: keep-alive on each of --samples connections, then silence; a final GET if the connection is still open at the end",
  choice: "default",
  shortNames: { idle: "seconds" },
  outcomes: {
    closes: "the server closes an idle connection; the summary gives the time",
    outlives: "an idle connection was still open at the end of the watch (--idle-limit)",
    lost: {
      means:
        "the connection seemed open at the end of the watch, but a request on it got no answer: a firewall, NAT or balancer in between has forgotten the connection, or the server closes it when a request comes",
      finding: {
        code: "lost-in-silence",
        severity: "problem",
        advice:
          "make both ends close idle connections, or send TCP keep-alive probes, before a device in between forgets them; try several values of --idle-limit to find that time",
      },
    },
    "not-kept": "the server closes after every answer, so no connection is ever idle",
  },
  findings: [IDLE_PROBLEM, UNEQUAL_ADDRESSES, EARLY_CLOSE],
  connections: ({ samples }) => Math.min(samples, SIDE_BY_SIDE),
  answers: ({ samples }) => 3 * samples + MORE,
  atMost: atMost,
  plan: (subject, { samples }) => [
    {
      note: `once on each of ${
        formatQuantity(samples, "connection")
      }, watched in silence afterwards; once more where it is still open then`,
      bytes: subject.request({ headers: ASKING }).bytes,
    },
  ],
  run: runIdleTimeout,
};

function atMost({ idleLimit, samples }: Settings): number {
  return Math.ceil(samples / SIDE_BY_SIDE) * (idleLimit + STAGGER);
}

async function runIdleTimeout(lab: Lab): Promise<ExperimentVerdict<Outcome>> {
  const samples = await takeSamples(lab);
  const kept = samples.filter((sample) => sample.kept);
  const closed = kept.filter(({ how }) => how !== undefined).sort((a, b) => a.ms - b.ms);
  const limit = toSeconds(lab.settings.idleLimit);
  const lost = kept.find(({ loss }) => loss !== undefined);
  const facts = idleTimeoutFacts(samples, { kept, closed, lost, limit, stagger: STAGGER });
  if (kept.length === 0) {
    return { outcome: "not-kept", summary: "the server closes after every answer", facts };
  }
  const said = formatBesides(samples, kept);
  const [shortest] = closed;
  if (!shortest && lost) {
    const summary = `not ended by ${limit} s of silence, but ${LOST[lost.loss!]}${said}`;
    return { outcome: "lost", summary, facts };
  }
  if (!shortest) {
    return { outcome: "outlives", summary: `still open after ${limit} s of silence${said}`, facts };
  }
  const open = closed.length < kept.length;
  const longest = open ? limit : toSeconds(closed.at(-1)!.ms);
  const spread = longest - toSeconds(shortest.ms) > SPREAD;
  const look = facts.sweep
    ? ", on two connections at the same moment: the server checks only at intervals, so other connections may live shorter or longer"
    : "";
  const time = spread
    ? `${toSeconds(shortest.ms)} to ${open ? "more than " : ""}${longest} s`
    : `${toSeconds(shortest.ms)} s`;
  return {
    outcome: "closes",
    summary: `${formatHow(shortest.how ?? "", shortest)} after ${time} of silence${look}${said}`,
    facts,
  };
}

const LOST: Readonly<Record<Loss, string>> = {
  silence: "a request got no answer then",
  rst: "a request was answered with RST then",
  fin: "a request was answered with FIN then",
  "close-notify": "a request was answered with close_notify then",
  "tls-truncated": "a request was answered with a FIN without close_notify then",
};

async function takeSamples(lab: Lab): Promise<IdleSample[]> {
  const { samples: wanted } = lab.settings;
  const samples: IdleSample[] = [];
  while (samples.length < wanted) {
    const round = Array.from(
      { length: Math.min(SIDE_BY_SIDE, wanted - samples.length) },
      (_, index) => sampleIdle(lab, samples.length + index, index * STAGGER),
    );
    samples.push(...await settleAll(round));
  }
  // Two servers behind one address may take turns, and only one of them may close after every answer.
  for (let more = 0; more < MORE && !samples.some((sample) => sample.kept); more++) {
    samples.push(await sampleIdle(lab, samples.length, 0));
  }
  return samples;
}

function formatBesides(samples: readonly IdleSample[], kept: readonly IdleSample[]): string {
  const announced = announcedTimes(kept);
  const unasked = unaskedStatus(samples);
  return [
    announced.length === 0 ? "; announces no timeout" : `; announces ${announced.join(" or ")} s`,
    unasked === undefined ? "" : `; a ${unasked} that nobody had asked for came before the end`,
    kept.length === samples.length
      ? ""
      : `; ${samples.length - kept.length} of ${samples.length} connections were not kept at all`,
  ].join("");
}
