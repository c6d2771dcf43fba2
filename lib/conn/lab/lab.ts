/**
 * Opens the connections of one experiment and keeps their evidence.
 *
 * @module
 */

import { Deadline } from "../../net/deadline.ts";
import { dial, type DialOutcome, type DialRequest } from "../../net/dial.ts";
import type { TlsRequest } from "../../net/tls_request.ts";
import type { ProbeError } from "../../result.ts";
import type { Answer } from "../answer.ts";
import type { ExchangeLog } from "../exchanges/exchange_log.ts";
import type { Settings } from "../settings.ts";
import type { Site } from "../site.ts";
import type { Subject } from "../subject.ts";
import { answeredBy } from "./answered_by.ts";
import { CannotTell } from "./cannot_tell.ts";
import { Line } from "./line.ts";
import { sayMiss } from "./say.ts";
import { Transcript } from "./transcript.ts";

/** Lines of evidence that an experiment keeps. */
const EVIDENCE = 60;

/** RFC 6585 §4, RFC 9110 §15.6.4: with these, servers refuse more requests than they want to take. */
const LIMITING: ReadonlySet<number> = new Set([429, 503]);

/** How a connection differs from the usual one. */
export interface OpenOptions {
  /** In place of the address that all experiments use. */
  readonly address?: string;
  readonly tls?: Partial<TlsRequest>;
  /** Without TLS, whatever the scheme. */
  readonly plain?: boolean;
}

/** The place where one experiment is made. */
export class Lab {
  readonly site: Site;
  readonly #lines: Line[] = [];
  readonly #transcripts: Transcript[] = [];
  readonly #given: ReadonlyMap<string, unknown>;
  readonly #exchanges: ExchangeLog | undefined;

  /** @param exchanges Takes the exchanges, where they are to be kept. */
  constructor(site: Site, given: ReadonlyMap<string, unknown> = new Map(), exchanges?: ExchangeLog) {
    this.site = site;
    this.#given = given;
    this.#exchanges = exchanges;
  }

  get subject(): Subject {
    return this.site.subject;
  }

  get settings(): Settings {
    return this.site.settings;
  }

  /** What another experiment has found before, as `idle-timeout.seconds`. */
  known(fact: string): unknown {
    return this.#given.get(fact);
  }

  /**
   * Opens a connection.
   *
   * @throws {CannotTell} If there is none
   */
  async open(options: OpenOptions = {}): Promise<Line> {
    const opened = await this.tryOpen(options);
    if ("line" in opened) return opened.line;
    throw new CannotTell(`no connection could be opened (${opened.error.message})`);
  }

  /** Opens a connection, or says why there is none. */
  async tryOpen(options: OpenOptions = {}): Promise<{ line: Line } | { error: ProbeError }> {
    const startedAt = performance.now();
    const dialled = await this.dial(options);
    const { connection, error } = dialled;
    const { target } = this.subject;
    const log = this.#exchanges?.open(
      options.plain ? { ...target, scheme: "http" } : target,
      dialled,
      startedAt,
    );
    if (!connection) return { error: error! };
    const transcript = new Transcript(this.#transcripts.length + 1);
    transcript.note(`connected to ${connection.peer.address} port ${connection.peer.port}`);
    this.#transcripts.push(transcript);
    const line = new Line(connection, { maxBody: this.settings.maxBody, transcript, log });
    if (log) this.#exchanges?.attach(log, line);
    this.#lines.push(line);
    if (this.site.signal?.aborted) line.close();
    return { line };
  }

  /** Opens a connection without a reader; the caller closes it. */
  async dial({ address, tls, plain = false }: OpenOptions = {}): Promise<DialOutcome> {
    const { dialRequest: { tls: usualTls, ...where }, connectTimeout, signal } = this.site;
    using deadline = new Deadline({ maxTime: 2 * connectTimeout, ...(signal && { signal }) });
    const request: DialRequest = {
      ...where,
      ...(address !== undefined && { addresses: [address] }),
      ...(usualTls && !plain && { tls: { ...usualTls, ...tls } }),
    };
    return await dial(request, deadline, { connectTimeout, tlsTimeout: connectTimeout });
  }

  /**
   * Sends a plain GET, which has to be answered.
   *
   * @throws {CannotTell} If it is not
   */
  async mustAsk(
    line: Line,
    request = this.subject.request(),
  ): Promise<Answer & Required<Pick<Answer, "response">>> {
    const answer = await line.ask(request, this.settings.answerTime);
    if (answer.type === "answered" && answer.response) return { ...answer, response: answer.response };
    throw new CannotTell(`${sayMiss(answer)} in answer to an ordinary request`);
  }

  /** Closes all connections at once: the experiment is over or was interrupted. */
  close(): void {
    for (const line of this.#lines) line.close();
  }

  /** `Server` and `Via` of everything that answered: a proxy answers some things itself. */
  get answeredBy(): string[] {
    const responses = this.#lines.flatMap(({ reader }) => reader.responses);
    return [...new Set(responses.flatMap(({ headers }) => answeredBy(headers)))];
  }

  /** A status that limits requests, where the first contact had another one: what was seen since then is about the limit. */
  get limitedBy(): number | undefined {
    const statuses = this.#lines.flatMap(({ reader }) => reader.responses.map(({ status }) => status));
    return statuses.find((status) => LIMITING.has(status) && status !== this.site.status);
  }

  /** What was not as the protocol has it, by code. */
  get deviations(): string[] {
    const seen = this.#lines.flatMap((line) =>
      line.reader.deviations.filter((deviation) => deviation.class !== "info")
    );
    return [...new Set(seen.map(({ code }) => code))];
  }

  /** What went over the wire. */
  get evidence(): string[] {
    const lines = this.#transcripts.flatMap((transcript) => transcript.lines);
    if (lines.length <= EVIDENCE) return lines;
    return [...lines.slice(0, EVIDENCE), `… ${lines.length - EVIDENCE} lines more`];
  }
}

/**
 * Makes sure that an ordinary request is answered at this time: only then does it say something that another one is not.
 *
 * @throws {CannotTell} If it is not
 */
export async function assureAnswer(lab: Lab, requestTarget?: string): Promise<void> {
  await using line = await lab.open();
  await lab.mustAsk(line, lab.subject.request(requestTarget === undefined ? {} : { requestTarget }));
}
