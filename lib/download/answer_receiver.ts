/**
 * Receives the content of one answer and decides where it goes.
 *
 * @module
 */

import { formatCount, formatQuantity } from "../text/count.ts";
import type { ParsedResponse } from "../http/response.ts";
import type { HttpConnection } from "../probe/http_connection.ts";
import type { AnswerVerdict, AskedRange } from "./answer_verdict.ts";
import type { Destination } from "./destination.ts";
import { judgeAnswer } from "./judge_answer.ts";
import type { LeftPart } from "./part_file.ts";
import type { ProgressMeter } from "./progress_meter.ts";

/** Maximum octets to read of an answer that the download cannot use, so that the result describes it. */
const MAX_UNUSABLE = 64 * 1024;

/** The request that an answer belongs to, and the places for its content. */
export interface AnswerContext {
  readonly asked: AskedRange;
  readonly destination: Destination;
  readonly progress: ProgressMeter;
}

/** Takes the content of one answer; its first piece decides where the content goes. */
export class AnswerReceiver {
  /** Absent until a head is complete. */
  verdict: AnswerVerdict | { readonly type: "left"; readonly part: LeftPart } | undefined;
  /** Octets of the whole content, as this answer announces them. */
  total: number | undefined;
  /** Octets missing from the promised range, if the answer's content ends with the connection. */
  missingOctets = 0;
  /** The exception that the destination threw. */
  failure: unknown;

  /** Octets that the answer's Content-Range promises. */
  #span: number | undefined;
  #received = 0;
  readonly #http: HttpConnection;
  readonly #url: string;
  readonly #context: AnswerContext;
  #unusable = 0;

  constructor(http: HttpConnection, url: string, context: AnswerContext) {
    this.#http = http;
    this.#url = url;
    this.#context = context;
  }

  /** Takes a piece of content. This never throws into the reader: a failure ends the connection instead. */
  receive(data: Uint8Array): void {
    if (this.failure !== undefined) return;
    try {
      this.verdict ??= this.#judge(this.#http.reader.responses.at(-1)!);
      if (this.verdict.type === "whole" || this.verdict.type === "continuation") {
        this.#received += data.length;
        if (this.#received > (this.#span ?? Infinity)) this.#contradict("more than");
        else {
          this.#context.destination.write(data);
          this.#context.progress.add(data.length);
          return;
        }
      }
    } catch (error) {
      this.failure = error;
      this.#http.close();
      return;
    }
    this.#unusable += data.length;
    if (this.#unusable > MAX_UNUSABLE) this.#http.close();
  }

  /** Judges the complete answer: it may have had no content, or less than its range. */
  finish(): void {
    const response = this.#http.reader.responses.at(-1);
    if (this.failure !== undefined || !response) return;
    try {
      this.verdict ??= this.#judge(response);
    } catch (error) {
      this.failure = error;
      return;
    }
    const { complete, framing } = response.body;
    if (!complete || this.#span === undefined || this.#received >= this.#span) return;
    // If only the close ends the content, a missing rest cannot be told from a content that ends early.
    if (framing !== "until-close") this.#contradict(`${formatCount(this.#received)} of`);
    else this.missingOctets = this.#span - this.#received;
  }

  #contradict(count: string): void {
    const cause = `the answer brought ${count} the ${
      formatQuantity(this.#span ?? 0, "octet")
    } that its Content-Range says`;
    this.verdict = this.verdict?.type === "continuation"
      ? { type: "restart", cause }
      : { type: "refused", kind: "range", cause };
    this.#http.close();
  }

  #judge(response: ParsedResponse): NonNullable<AnswerReceiver["verdict"]> {
    const { asked, destination, progress } = this.#context;
    const { expected = response.body.complete ? response.body.bytes : undefined } = response.body;
    const verdict = judgeAnswer({ ...response, length: expected }, asked);
    switch (verdict.type) {
      case "whole": {
        this.total = expected ?? verdict.span;
        const part = destination.begin(response.headers, this.#url, this.total);
        if (part) return { type: "left", part };
        break;
      }
      case "continuation":
        this.total = verdict.total;
        destination.noteTotal(verdict.total);
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
