/**
 * One request of a download: its content goes to the destination as it comes.
 *
 * @module
 */

import type { ParsedResponse } from "../http/response.ts";
import { LagMeter } from "../time/lag.ts";
import { composeRequest } from "../probe/compose_request.ts";
import { describeExchange, describeFailedDial } from "../probe/describe.ts";
import type { MakeHop } from "../probe/follow_target.ts";
import { makeDeadline, openHop, prepareHop } from "../probe/hop.ts";
import type { Session } from "../probe/session.ts";
import { formatUrl } from "../target/target.ts";
import type { AnswerVerdict, AskedRange } from "./answer.ts";
import { judgeAnswer } from "./answer_verdict.ts";
import type { Destination } from "./destination.ts";
import type { DownloadOptions } from "./download_result.ts";
import type { LeftPart } from "./part_file.ts";
import type { ProgressTeller } from "./progress_teller.ts";

/** Milliseconds for which nothing new may come where nothing else is said. */
const STALL_TIMEOUT = 30_000;

/** Octets of an answer that is of no use, up to which it is read to its end, for the sake of what the result says of it. */
const USELESS_OCTETS = 64 * 1024;

/** What the hops of one request share. */
export interface DownloadHopContext {
  readonly options: DownloadOptions;
  readonly asked: AskedRange;
  readonly destination: Destination;
  readonly progress: ProgressTeller;
  /** One is added for each hop that got an answer. */
  readonly takers: AnswerTaker[];
}

/** Makes the function that makes the hops of one request. */
export function makeDownloadHop(context: DownloadHopContext): MakeHop {
  const { options: { stallTimeout = STALL_TIMEOUT }, destination, takers } = context;
  return async (target, hop) => {
    const { options } = hop;
    const request = composeRequest(target, options);
    if (!hop.prepared) await prepareHop(target, options);
    using lag = new LagMeter();
    using deadline = makeDeadline(options, hop.startedAt, hop.lag);
    const { begin, dialled, session: opened, listened } = await openHop(
      target,
      request.method,
      deadline,
      hop,
    );
    if (!opened) return describeFailedDial(begin, dialled, lag.facts);
    using session = opened;
    const taker = new AnswerTaker(session, formatUrl(target), context);
    takers.push(taker);
    // Without a limit for the whole, every wait has one of its own.
    const { firstByteTimeout = stallTimeout, maxBody } = options;
    const exchange = await session.exchange(request, deadline, {
      label: `${begin.method} ${formatUrl(begin.target)}`,
      firstByteTimeout,
      ...(maxBody !== undefined && { maxBody }),
      stallTimeout,
      onBody: (data) => taker.take(data),
      drain: () => destination.drain(),
    });
    // What onBody was given last may still be on its way.
    await destination.drain();
    taker.settle();
    return describeExchange(begin, { session, dialled, listened, exchange, lag: lag.facts });
  };
}

/** Takes the content of one answer, and decides at the first of it where it goes. */
export class AnswerTaker {
  /** Absent until a head is complete. */
  verdict: AnswerVerdict | { readonly type: "left"; readonly part: LeftPart } | undefined;
  /** Octets of the whole content, as this answer says. */
  total: number | undefined;
  /** Octets of its range that an answer lacked whose content the close of the connection ends. */
  missing = 0;
  /** What was thrown where the octets go. */
  failure: unknown;

  /** Octets that the answer's Content-Range promises. */
  #span: number | undefined;
  #taken = 0;
  readonly #session: Session;
  readonly #url: string;
  readonly #context: DownloadHopContext;
  #useless = 0;

  constructor(session: Session, url: string, context: DownloadHopContext) {
    this.#session = session;
    this.#url = url;
    this.#context = context;
  }

  /** Takes content. Nothing is thrown into the reader: a failure ends the connection. */
  take(data: Uint8Array): void {
    if (this.failure !== undefined) return;
    try {
      this.verdict ??= this.#judge(this.#session.reader.responses.at(-1)!);
      if (this.verdict.type === "whole" || this.verdict.type === "continuation") {
        this.#taken += data.length;
        if (this.#taken > (this.#span ?? Infinity)) this.#contradict("more than");
        else {
          this.#context.destination.write(data);
          this.#context.progress.add(data.length);
          return;
        }
      }
    } catch (error) {
      this.failure = error;
      this.#session.close();
      return;
    }
    this.#useless += data.length;
    if (this.#useless > USELESS_OCTETS) this.#session.close();
  }

  /** Nothing more will come: judges an answer that had no content, and one that had less than its range. */
  settle(): void {
    const response = this.#session.reader.responses.at(-1);
    if (this.failure !== undefined || !response) return;
    try {
      this.verdict ??= this.#judge(response);
    } catch (error) {
      this.failure = error;
      return;
    }
    const { complete, framing } = response.body;
    if (!complete || this.#span === undefined || this.#taken >= this.#span) return;
    // Where only the close ends the content, it is as good as any other that ends too early.
    if (framing !== "until-close") this.#contradict(`${this.#taken} of`);
    else this.missing = this.#span - this.#taken;
  }

  #contradict(count: string): void {
    const cause = `the answer brought ${count} the ${this.#span} octets that its Content-Range says`;
    this.verdict = this.verdict?.type === "continuation"
      ? { type: "restart", cause }
      : { type: "refused", kind: "range", cause };
    this.#session.close();
  }

  #judge(response: ParsedResponse): NonNullable<AnswerTaker["verdict"]> {
    const { asked, destination, progress } = this.#context;
    const { expected = response.body.complete ? response.body.bytes : undefined } = response.body;
    const verdict = judgeAnswer({ ...response, ...(expected !== undefined && { length: expected }) }, asked);
    switch (verdict.type) {
      case "whole": {
        this.total = expected ?? verdict.span;
        const part = destination.begin(response.headers, this.#url, this.total);
        if (part) return { type: "left", part };
        break;
      }
      case "continuation":
        this.total = verdict.total;
        destination.learnTotal(verdict.total);
        break;
      case "complete":
      case "restart":
      case "refused":
        return verdict;
    }
    this.#span = verdict.span;
    progress.total = this.total;
    return verdict;
  }
}
