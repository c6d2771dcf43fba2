/**
 * Experiment `idle-timeout`.
 *
 * @module
 */

import { decodeLatin1 } from "../http/octets.ts";
import { sleep } from "../probe/sleep.ts";
import { CannotTell } from "./cannot_tell.ts";
import type { Experiment, Verdict } from "./experiment.ts";
import type { Lab } from "./lab.ts";
import { AT_ONCE } from "./late_end.ts";
import { roundMs, sayCount, sayHow, toSeconds } from "./observe.ts";
import { RecentLag } from "./recent_lag.ts";
import type { Settings } from "./settings.ts";
import { together } from "./together.ts";

type Outcome = "closes" | "outlives" | "not-kept";

/** Connections that wait at the same time. */
const SIDE_BY_SIDE = 2;
/** Milliseconds from the start of one sample to the next: servers that look only now and then give different ones. */
const STAGGER = 370;
/** A measurement that our own clock may have delayed by more, in milliseconds, is made again. */
const DOUBTFUL = 150;
/** Samples that are taken beside the others where no connection was kept: each is over at once. */
const MORE = 2;
/** Samples that differ by more, in seconds, are shown as a span. */
const SPREAD = 0.1;

/** Some servers say how long they wait only to a client that asks for keep-alive. */
const ASKING = [["Connection", "keep-alive"]] as const;

/** How long an idle connection lives. */
export const IDLE_TIMEOUT: Experiment<Outcome> = {
  name: "idle-timeout",
  question: "How long does an idle connection live after an answer?",
  sends: "one GET with Connection: keep-alive on each of --samples connections, then nothing",
  choice: "default",
  outcomes: {
    closes: "the server closes an idle connection after the time given",
    outlives: "an idle connection was still open at the end of the watch (--idle-limit)",
    "not-kept": "the server closes after every answer, so no connection is ever idle",
  },
  connections: ({ samples }) => Math.min(samples, SIDE_BY_SIDE),
  atMost: atMost,
  plan: (subject, { samples }) => [
    {
      note: `once on each of ${sayCount(samples, "connection")}, watched in silence afterwards`,
      bytes: subject.request({ headers: ASKING }).bytes,
    },
  ],
  run: runIdleTimeout,
};

function atMost({ idleLimit, samples }: Settings): number {
  return Math.ceil(samples / SIDE_BY_SIDE) * (idleLimit + STAGGER);
}

interface Sample {
  /** Milliseconds of silence. */
  readonly ms: number;
  /** Milliseconds that the answer took; as late as it came, the server may have begun to count before we did. */
  readonly answerMs: number;
  readonly address: string;
  /** Absent when it was still open. */
  readonly how?: string;
  /** What the head announced, in seconds. */
  readonly announced?: number;
  /** Octets that came before the end though nothing was asked. */
  readonly surplus: number;
  /** What they are, if they are an answer: the status. */
  readonly unasked?: number;
  /** Milliseconds by which our own clock may have been late. */
  readonly lag: number;
  /** Whether the connection was kept after the answer at all. */
  readonly kept: boolean;
}

async function runIdleTimeout(lab: Lab): Promise<Verdict<Outcome>> {
  const { samples: wanted, idleLimit } = lab.settings;
  const samples: Sample[] = [];
  while (samples.length < wanted) {
    const round = Array.from(
      { length: Math.min(SIDE_BY_SIDE, wanted - samples.length) },
      (_, index) => sampleReliably(lab, samples.length + index, index * STAGGER),
    );
    samples.push(...await together(round));
  }
  // Two servers behind one address may take turns, and only one of them close after every answer.
  for (let more = 0; more < MORE && !samples.some((sample) => sample.kept); more++) {
    samples.push(await sampleReliably(lab, samples.length, 0));
  }
  const kept = samples.filter((sample) => sample.kept);
  const closed = kept.filter(({ how }) => how !== undefined).sort((a, b) => a.ms - b.ms);
  const [shortest] = closed;
  const announced = kept[0]?.announced;
  const unasked = samples.find((sample) => sample.unasked !== undefined)?.unasked;
  const facts = {
    ...(shortest
      ? { seconds: toSeconds(shortest.ms), how: shortest.how, answerMs: roundMs(shortest.answerMs) }
      : kept.length === 0
      ? { how: null }
      : { atLeast: toSeconds(idleLimit), how: null }),
    announced: announced ?? null,
    samples: samples.map(({ ms, how, address, kept }) => ({
      ...(!kept
        ? { kept }
        : how === undefined
        ? { atLeast: toSeconds(ms) }
        : { seconds: toSeconds(ms), how }),
      address,
    })),
    surplusBytes: Math.max(...samples.map(({ surplus }) => surplus)),
    ...(unasked !== undefined && { unasked }),
  };
  if (kept.length === 0) {
    return { outcome: "not-kept", summary: "the server closes after every answer", facts };
  }
  const said = [
    announced === undefined ? "; announces nothing" : `; announces ${announced} s`,
    unasked === undefined ? "" : `; a ${unasked} that nobody had asked for came before the end`,
    kept.length === samples.length
      ? ""
      : `; ${samples.length - kept.length} of ${samples.length} connections were not kept at all`,
  ].join("");
  if (!shortest) {
    return {
      outcome: "outlives",
      summary: `still open after ${toSeconds(idleLimit)} s of silence${said}`,
      facts,
    };
  }
  const open = closed.length < kept.length;
  const longest = open ? toSeconds(idleLimit) : toSeconds(closed.at(-1)!.ms);
  const spread = longest - toSeconds(shortest.ms) > SPREAD;
  const time = spread
    ? `${toSeconds(shortest.ms)} to ${open ? "more than " : ""}${longest} s`
    : `${toSeconds(shortest.ms)} s`;
  return {
    outcome: "closes",
    summary: `${sayHow(shortest.how ?? "")} after ${time} of silence${said}`,
    facts,
  };
}

/** A sample during whose end our own clock stood still is taken again. */
async function sampleReliably(lab: Lab, number: number, delay: number): Promise<Sample> {
  await sleep(delay, lab.site.signal);
  const first = await takeSample(lab, number);
  if (first.how === undefined || first.lag < DOUBTFUL) return first;
  const second = await takeSample(lab, number);
  if (second.how === undefined || second.lag < DOUBTFUL) return second;
  throw new CannotTell(`this machine is too busy: its clock was late by ${Math.round(second.lag)} ms`);
}

async function takeSample(lab: Lab, number: number): Promise<Sample> {
  // The addresses behind a name take turns: that one of them is impatient would not show otherwise.
  const { addresses } = lab.site;
  const address = addresses.length > 1 ? addresses[number % addresses.length] : undefined;
  await using line = await lab.open(address === undefined ? {} : { address });
  using lag = new RecentLag();
  const { response, startedAt } = await lab.mustAsk(line, lab.subject.request({ headers: ASKING }));
  const { idleLimit } = lab.settings;
  const answeredAt = line.lastOctetAt!;
  const spent = performance.now() - answeredAt;
  // What follows an answer that announces the end is no idle time.
  const promised = response.persistent === true && response.announced.max !== 0;
  let unasked: number | undefined;
  line.onReceive = (bytes) => unasked ??= statusOf(bytes);
  if (promised) await line.wait(Math.max(0, idleLimit - spent));
  const { end } = line;
  if (end && !line.endedByPeer) throw new CannotTell("the connection was closed here");
  const { timeout } = response.announced;
  const ms = (end?.at ?? performance.now()) - answeredAt;
  return {
    ms,
    answerMs: answeredAt - startedAt,
    address: line.connection.peer.address,
    ...(end && { how: end.how }),
    ...(timeout !== undefined && { announced: timeout }),
    surplus: line.surplusBytes,
    ...(unasked !== undefined && { unasked }),
    lag: lag.recent,
    kept: promised && !(end && ms <= AT_ONCE),
  };
}

/** The status of an answer that nobody had asked for, as the 408 with which some servers announce the end. */
function statusOf(bytes: Uint8Array): number | undefined {
  const [, status] = /^HTTP\/1\.[01] ([1-5][0-9]{2}) /.exec(decodeLatin1(bytes.subarray(0, 16))) ?? [];
  return status === undefined ? undefined : Number(status);
}
