import { BatchProgress, type BatchProgressOptions } from "../../../../lib/cli/commands/batch/progress.ts";

/** The shape of a run. */
export interface Shape {
  readonly name: string;
  /** Targets of the list. @default {2_000} */
  readonly targets?: number;
  /** @default {50} */
  readonly concurrency?: number;
  /** Starts per second. */
  readonly rate?: number;
  /** Milliseconds of a try of this target. */
  readonly time: (target: number, chance: () => number) => number;
  /** Tries of this target. @default {1} */
  readonly tries?: (target: number, chance: () => number) => number;
  /** Targets of which an earlier run has rows: those at the beginning of the list. @default {0} */
  readonly earlier?: number;
  /** Milliseconds for which the user stops the process, and the moment. */
  readonly stop?: { readonly at: number; readonly ms: number };
  /** The list as the run sees it at a moment: by default its size is known from the beginning. */
  readonly list?: (state: { readonly begun: number }) => BatchProgressOptions["list"];
}

/** What the progress line says at a moment, and the truth. */
export interface Moment {
  readonly at: number;
  readonly share: number | undefined;
  readonly left: number | undefined;
  readonly trueShare: number;
  readonly trueLeft: number;
}

/** Milliseconds between two looks at the progress. */
const LOOK = 200;
/** Milliseconds before another try. */
const PAUSE = 500;

interface Event {
  readonly at: number;
  readonly happen: () => void;
}

/** A target, and the tries that it needs still and in all. */
interface Job {
  readonly target: number;
  readonly left: number;
  readonly tries: number;
}

/** Runs a batch of this shape against a simulated clock, and gives every moment at which the progress was looked at. */
export function simulate(shape: Shape): Moment[] {
  return new SimulatedRun(shape).run();
}

class SimulatedRun {
  readonly #shape: Shape;
  readonly #targets: number;
  readonly #progress: BatchProgress;
  readonly #moments: Omit<Moment, "trueLeft">[] = [];
  readonly #again: Job[] = [];
  #events: Event[] = [];
  #now = 0;
  #seed = 7;
  #next: number;
  #rows = 0;
  #active = 0;
  #mayStartAt = 0;
  /** True if an event waits for the next start that the rate allows. */
  #waits = false;

  constructor(shape: Shape) {
    const { targets = 2_000, earlier = 0, rate, list } = shape;
    this.#shape = shape;
    this.#targets = targets;
    this.#next = earlier;
    const known = { size: targets, isCounted: true, isRead: false };
    const state = (): BatchProgressOptions["list"] => list?.({ begun: this.#next }) ?? known;
    this.#progress = new BatchProgress({
      list: {
        get size() {
          return state().size;
        },
        get isCounted() {
          return state().isCounted;
        },
        get isRead() {
          return state().isRead;
        },
      },
      now: () => this.#now,
      rate,
      limits: [5_000, 10_000],
      done: earlier > 0 ? { rows: earlier, passedOver: 0 } : undefined,
    });
  }

  run(): Moment[] {
    const { earlier = 0, stop } = this.#shape;
    this.#at(0, () => this.#pump());
    this.#at(LOOK, () => this.#look());
    let stopped = stop === undefined;
    while (this.#rows + earlier < this.#targets) {
      const event = this.#events.shift()!;
      if (!stopped && event.at > stop!.at) {
        stopped = true;
        // Everything happens later by the time of the stop.
        this.#events = [event, ...this.#events].map(({ at, happen }) => ({ at: at + stop!.ms, happen }));
        this.#mayStartAt += stop!.ms;
        this.#progress.skip(stop!.ms);
        continue;
      }
      this.#now = event.at;
      event.happen();
    }
    return this.#moments.map((moment) => ({ ...moment, trueLeft: this.#now - moment.at }));
  }

  #at(at: number, happen: () => void): void {
    const index = this.#events.findIndex((event) => event.at > at);
    this.#events.splice(index === -1 ? this.#events.length : index, 0, { at, happen });
  }

  #chance = (): number => {
    this.#seed = (this.#seed * 1_664_525 + 1_013_904_223) >>> 0;
    return this.#seed / 2 ** 32;
  };

  #look(): void {
    this.#progress.format();
    const { share, left } = this.#progress;
    const trueShare = (this.#rows + (this.#shape.earlier ?? 0)) / this.#targets;
    this.#moments.push({ at: this.#now, share, left, trueShare });
    this.#at(this.#now + LOOK, () => this.#look());
  }

  #pump(): void {
    const { concurrency = 50, rate, tries, time } = this.#shape;
    while (this.#active < concurrency && (this.#again.length > 0 || this.#next < this.#targets)) {
      if (rate !== undefined) {
        if (this.#now < this.#mayStartAt) return this.#wake();
        this.#mayStartAt = this.#now + 1_000 / rate;
      }
      const job = this.#again.shift() ?? this.#begin(tries);
      this.#active++;
      const end = this.#progress.meter.begin();
      this.#at(this.#now + time(job.target, this.#chance), () => {
        this.#active--;
        end(true);
        this.#finish(job);
        this.#pump();
      });
    }
  }

  #wake(): void {
    if (this.#waits) return;
    this.#waits = true;
    this.#at(this.#mayStartAt, () => {
      this.#waits = false;
      this.#pump();
    });
  }

  #begin(tries: Shape["tries"]): Job {
    const target = this.#next++;
    const count = tries?.(target, this.#chance) ?? 1;
    return { target, left: count, tries: count };
  }

  #finish({ target, left, tries }: Job): void {
    if (left > 1) {
      this.#at(this.#now + PAUSE, () => {
        this.#again.push({ target, left: left - 1, tries });
        this.#pump();
      });
      return;
    }
    this.#rows++;
    this.#progress.take({ ok: true, attempts: Array(tries - 1).fill({}) });
  }
}
