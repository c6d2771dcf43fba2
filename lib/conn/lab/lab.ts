/**
 * Opens the connections of one experiment and records its evidence.
 *
 * @module
 */

import type { Connection } from "../../net/connection.ts";
import { Deadline } from "../../net/deadline.ts";
import { dial, type DialOutcome, type DialRequest } from "../../net/dial/dial.ts";
import type { TlsRequest } from "../../net/tls/tls_request.ts";
import type { ComposedRequest } from "../../probe/compose_request.ts";
import type { ProbeError } from "../../result.ts";
import type { ExchangeLog } from "../exchanges/exchange_log.ts";
import type { Settings } from "../settings.ts";
import type { Site } from "../site.ts";
import type { Subject } from "../subject.ts";
import type { CompleteAnswer, ExperimentLab } from "../experiment_lab.ts";
import { CannotTell } from "./cannot_tell.ts";
import { LabConnection } from "./lab_connection.ts";
import { LabRecord } from "./lab_record.ts";
import { formatMissingAnswer } from "./format_missing_answer.ts";
import { Turns } from "./turns.ts";

/** Differences from the usual connection. */
export interface OpenOptions {
  /** Address to use instead of the run's address. */
  readonly address?: string | undefined;
  readonly tls?: Partial<TlsRequest> | undefined;
  /** True to omit TLS, whatever the scheme. */
  readonly plain?: boolean | undefined;
}

/** Options of a lab. */
export interface LabOptions {
  /** Facts of earlier experiments, as `idle-timeout.seconds`. */
  readonly given?: ReadonlyMap<string, unknown> | undefined;
  /** Collects the exchanges if they should be kept. */
  readonly exchanges?: ExchangeLog | undefined;
  /** True to hold only one connection at a time: each opens after the previous one closed. */
  readonly solo?: boolean | undefined;
}

/** The laboratory of one experiment. */
export class Lab implements ExperimentLab {
  readonly site: Site;
  /** The record of all connections. */
  readonly record = new LabRecord();
  readonly #dialled: Connection[] = [];
  readonly #given: ReadonlyMap<string, unknown>;
  readonly #exchanges: ExchangeLog | undefined;

  readonly #turns: Turns | undefined;
  #closed = false;

  constructor(site: Site, { given = new Map(), exchanges, solo = false }: LabOptions = {}) {
    this.site = site;
    this.#given = given;
    this.#exchanges = exchanges;
    if (solo) this.#turns = new Turns();
  }

  get subject(): Subject {
    return this.site.subject;
  }

  get settings(): Settings {
    return this.site.settings;
  }

  /** Gives a fact of an earlier experiment, as `idle-timeout.seconds`. */
  known(fact: string): unknown {
    return this.#given.get(fact);
  }

  /**
   * Opens a connection.
   *
   * @throws {CannotTell} If it cannot be opened
   */
  async open(options: OpenOptions = {}): Promise<LabConnection> {
    const opened = await this.tryOpen(options);
    if ("connection" in opened) return opened.connection;
    throw new CannotTell(`no connection could be opened (${opened.error.message})`);
  }

  /** Opens a connection, or gives the error that prevented it. */
  async tryOpen(options: OpenOptions = {}): Promise<{ connection: LabConnection } | { error: ProbeError }> {
    const endTurn = await this.#turns?.next(this.#longestTurn, this.site.signal);
    if (this.#isOver) {
      endTurn?.();
      throw new CannotTell("interrupted");
    }
    const startedAt = performance.now();
    const dialled = await this.dial(options);
    const { connection: transport, error } = dialled;
    const { target } = this.subject;
    const log = this.#exchanges?.open(
      options.plain ? { ...target, scheme: "http" } : target,
      dialled,
      startedAt,
    );
    if (!transport) {
      endTurn?.();
      return { error: error! };
    }
    const transcript = this.record.startTranscript();
    transcript.note(`connected to ${transport.peer.address} port ${transport.peer.port}`);
    const { maxBody } = this.settings;
    const { onResponse } = this.site;
    const connection = new LabConnection(transport, {
      maxBody,
      transcript,
      log,
      onResponse,
      onClose: endTurn,
    });
    if (log) this.#exchanges?.attach(log, connection);
    this.record.add(connection);
    if (this.#isOver) connection.close();
    return { connection };
  }

  /** Opens a connection without a reader; the caller closes it. */
  async dial({ address, tls, plain = false }: OpenOptions = {}): Promise<DialOutcome> {
    const { dialRequest: { tls: usualTls, ...where }, connectTimeout, signal } = this.site;
    using deadline = new Deadline({ maxTime: 2 * connectTimeout, signal });
    const request: DialRequest = {
      ...where,
      addresses: address === undefined ? where.addresses : [address],
      tls: usualTls && !plain ? { ...usualTls, ...tls } : undefined,
    };
    const dialled = await dial(request, deadline, { connectTimeout, tlsTimeout: connectTimeout });
    if (dialled.connection) this.#dialled.push(dialled.connection);
    if (this.#isOver) dialled.connection?.close();
    return dialled;
  }

  /**
   * Sends a plain GET that the server must answer.
   *
   * @throws {CannotTell} If the server does not answer
   */
  async mustAsk(
    connection: LabConnection,
    request: ComposedRequest = this.subject.request(),
  ): Promise<CompleteAnswer> {
    const answer = await connection.ask(request, this.settings.answerTime);
    if (answer.type === "answered" && answer.response) return { ...answer, response: answer.response };
    throw new CannotTell(`${formatMissingAnswer(answer)} in answer to an ordinary request`);
  }

  /** Closes all connections immediately and opens no more: the experiment is over or was interrupted. */
  close(): void {
    this.#closed = true;
    this.record.closeAll();
    for (const connection of this.#dialled) connection.close();
  }

  get #isOver(): boolean {
    return this.#closed || this.site.signal?.aborted === true;
  }

  /** The longest wait for another connection is a complete silent watch. */
  get #longestTurn(): number {
    return this.settings.idleLimit + 2 * this.settings.answerTime;
  }
}

/**
 * Checks that the server answers an ordinary request now: only then does silence on another connection mean anything.
 *
 * @throws {CannotTell} If the server does not answer
 */
export async function assureAnswer(lab: Lab, requestTarget?: string): Promise<void> {
  await using connection = await lab.open();
  await lab.mustAsk(connection, lab.subject.request(requestTarget === undefined ? {} : { requestTarget }));
}
