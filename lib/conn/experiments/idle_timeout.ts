/**
 * Experiment `idle-timeout`.
 *
 * @module
 */

import type { Experiment, Verdict } from "../experiment.ts";
import { roundMs, toSeconds } from "../lab/facts.ts";
import type { Lab } from "../lab/lab.ts";
import { sayCount, sayHow } from "../lab/say.ts";
import { together } from "../lab/together.ts";
import type { Settings } from "../settings.ts";
import { ASKING, type Loss } from "./after_silence.ts";
import { type IdleSample, sampleIdle } from "./idle_sample.ts";

type Outcome = "closes" | "outlives" | "lost" | "not-kept";

/** Connections that wait at the same time. */
const SIDE_BY_SIDE = 2;
/** Milliseconds from the start of one sample to the next: servers that look only now and then give different ones. */
const STAGGER = 370;
/** Samples that are taken beside the others where no connection was kept: each is over at once. */
const MORE = 2;
/** Ends that lie no further apart, in milliseconds, although the silence did not begin together, have one cause. */
const SAME_MOMENT = 60;
/** Samples that differ by more, in seconds, are shown as a span. */
const SPREAD = 0.1;

/** How long an idle connection lives. */
export const IDLE_TIMEOUT: Experiment<Outcome> = {
  name: "idle-timeout",
  question: "How long does an idle connection live after an answer?",
  sends:
    "one GET with Connection: keep-alive on each of --samples connections, then nothing, and one more where it is still open at the end",
  choice: "default",
  outcomes: {
    closes: "the server closes an idle connection after the time given",
    outlives: "an idle connection was still open at the end of the watch (--idle-limit)",
    lost:
      "nobody had ended the connection by the end of the watch, and a request on it got no answer any more: a firewall, NAT or balancer on the way has forgotten it, or the server closes once something comes",
    "not-kept": "the server closes after every answer, so no connection is ever idle",
  },
  connections: ({ samples }) => Math.min(samples, SIDE_BY_SIDE),
  atMost: atMost,
  plan: (subject, { samples }) => [
    {
      note: `once on each of ${
        sayCount(samples, "connection")
      }, watched in silence afterwards; once more where it is still open then`,
      bytes: subject.request({ headers: ASKING }).bytes,
    },
  ],
  run: runIdleTimeout,
};

function atMost({ idleLimit, samples }: Settings): number {
  return Math.ceil(samples / SIDE_BY_SIDE) * (idleLimit + STAGGER);
}

async function runIdleTimeout(lab: Lab): Promise<Verdict<Outcome>> {
  const samples = await takeSamples(lab);
  const kept = samples.filter((sample) => sample.kept);
  const closed = kept.filter(({ how }) => how !== undefined).sort((a, b) => a.ms - b.ms);
  const limit = toSeconds(lab.settings.idleLimit);
  const lost = kept.find(({ loss }) => loss !== undefined);
  const facts = factsOf(samples, { kept, closed, lost, limit });
  if (kept.length === 0) {
    return { outcome: "not-kept", summary: "the server closes after every answer", facts };
  }
  const said = sayBesides(samples, kept);
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
    ? ", on two connections at the same moment: it looks now and then only, so that others may live shorter or longer"
    : "";
  const time = spread
    ? `${toSeconds(shortest.ms)} to ${open ? "more than " : ""}${longest} s`
    : `${toSeconds(shortest.ms)} s`;
  return {
    outcome: "closes",
    summary: `${sayHow(shortest.how ?? "")} after ${time} of silence${look}${said}`,
    facts,
  };
}

const LOST: Readonly<Record<Loss, string>> = {
  silence: "a request got no answer then",
  rst: "a request was answered with RST then",
  fin: "a request was answered with FIN then",
};

async function takeSamples(lab: Lab): Promise<IdleSample[]> {
  const { samples: wanted } = lab.settings;
  const samples: IdleSample[] = [];
  while (samples.length < wanted) {
    const round = Array.from(
      { length: Math.min(SIDE_BY_SIDE, wanted - samples.length) },
      (_, index) => sampleIdle(lab, samples.length + index, index * STAGGER),
    );
    samples.push(...await together(round));
  }
  // Two servers behind one address may take turns, and only one of them close after every answer.
  for (let more = 0; more < MORE && !samples.some((sample) => sample.kept); more++) {
    samples.push(await sampleIdle(lab, samples.length, 0));
  }
  return samples;
}

/** What the samples that were kept come to. */
interface Found {
  readonly kept: readonly IdleSample[];
  /** Those that were ended, the shortest first. */
  readonly closed: readonly IdleSample[];
  readonly lost: IdleSample | undefined;
  /** Seconds. */
  readonly limit: number;
}

function factsOf(samples: readonly IdleSample[], found: Found): Record<string, unknown> {
  const { kept, closed } = found;
  const unasked = unaskedStatus(samples);
  return {
    ...idleFacts(found),
    announced: kept[0]?.announced ?? null,
    samples: samples.map((sample) => ({ ...sampleFacts(sample), address: sample.address })),
    surplusBytes: Math.max(...samples.map(({ surplus }) => surplus)),
    ...(unasked !== undefined && { unasked }),
    ...(sweeps(closed) && { sweep: true }),
  };
}

function idleFacts({ kept, closed: [shortest], lost, limit }: Found): Record<string, unknown> {
  if (shortest) {
    return { seconds: toSeconds(shortest.ms), how: shortest.how, answerMs: roundMs(shortest.answerMs) };
  }
  if (kept.length === 0) return { how: null };
  return lost ? { lostBy: limit, lostHow: lost.loss, how: null } : { atLeast: limit, how: null };
}

function sampleFacts({ ms, how, loss, kept }: IdleSample): Record<string, unknown> {
  if (!kept) return { kept };
  if (loss !== undefined) return { lostBy: toSeconds(ms), lostHow: loss };
  return how === undefined ? { atLeast: toSeconds(ms) } : { seconds: toSeconds(ms), how };
}

/** Whether connections whose silence began at different times were closed together: by a look at all of them. */
function sweeps(closed: readonly IdleSample[]): boolean {
  return closed.some((sample, index) =>
    closed.slice(0, index).some(({ endedAt, ms, address }) =>
      address === sample.address && Math.abs(endedAt - sample.endedAt) < SAME_MOMENT &&
      Math.abs(ms - sample.ms) > STAGGER / 2
    )
  );
}

function unaskedStatus(samples: readonly IdleSample[]): number | undefined {
  return samples.find(({ unasked }) => unasked !== undefined)?.unasked;
}

function sayBesides(samples: readonly IdleSample[], kept: readonly IdleSample[]): string {
  const announced = kept[0]?.announced;
  const unasked = unaskedStatus(samples);
  return [
    announced === undefined ? "; announces nothing" : `; announces ${announced} s`,
    unasked === undefined ? "" : `; a ${unasked} that nobody had asked for came before the end`,
    kept.length === samples.length
      ? ""
      : `; ${samples.length - kept.length} of ${samples.length} connections were not kept at all`,
  ].join("");
}
