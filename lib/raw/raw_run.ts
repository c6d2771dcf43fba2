/**
 * One exchange of octets over an open connection.
 *
 * @module
 */

import { escapeExcerpt } from "../http/deviation.ts";
import { OctetStore } from "../http/octet_store.ts";
import { decodeLatin1, joinOctets } from "../http/octets.ts";
import { classifyError } from "../net/errors/classify_error.ts";
import type { Connection, ReadOutcome } from "../net/connection.ts";
import { nameRenegotiation } from "../net/tls/renegotiation.ts";
import type { Deadline } from "../net/deadline.ts";
import type { ConnectionEnd, Phase, ProbeError } from "../result.ts";
import { ExchangeClock } from "./exchange_clock.ts";
import { OctetSearch } from "./octet_search.ts";
import type { RawOptions, RawResult, RawStop } from "./raw_result.ts";
import { type BrokenWrite, RawSender, toOctets } from "./raw_sender.ts";

/** Milliseconds of silence that end an exchange, and for the first octet, which may take a server longer. */
const WAIT = 2_000;
const FIRST_WAIT = 10_000;

/** Milliseconds for which a source may still give octets when the peer has ended its side. */
const LAST_WORDS = 250;

/** Octets that are kept where nobody takes them. */
const MAX_KEPT = 10 * 1024 * 1024;

/** Sends and reads at the same time, once. */
export class RawRun {
  readonly #connection: Connection;
  readonly #label: string;
  readonly #deadline: Deadline;
  readonly #options: RawOptions;
  readonly #maxReceived: number;
  readonly #search: OctetSearch | undefined;
  readonly #sender: RawSender;
  readonly #kept = new OctetStore();
  readonly #clock = new ExchangeClock();
  readonly #stopped = Promise.withResolvers<undefined>();
  #received = 0;
  #stop: RawStop | undefined;
  #end: ConnectionEnd | undefined;
  #error: ProbeError | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;

  /** @param label For messages: what is connected to. */
  constructor(connection: Connection, label: string, deadline: Deadline, options: RawOptions) {
    const { maxReceived = options.onReceived ? Infinity : MAX_KEPT, until } = options;
    this.#connection = connection;
    this.#label = label;
    this.#deadline = deadline;
    this.#options = options;
    this.#maxReceived = maxReceived;
    if (until !== undefined) this.#search = new OctetSearch(toOctets(until));
    this.#sender = new RawSender({
      connection,
      source: options.send ?? "",
      stopped: this.#stopped.promise,
      onWaiting: () => this.#restartSilence(),
      onBroken: (outcome) => this.#noteWriteError(outcome),
    });
  }

  /** Sends everything and reads until there is a reason to stop. */
  async finish(): Promise<Omit<RawResult, "schema" | "input" | "startedAt">> {
    const close = (): void => this.#connection.close();
    this.#deadline.enter("wait", `exchange octets with ${this.#label}`, undefined, close);
    let failure: { readonly reason: unknown } | undefined;
    // What the caller's source throws ends the exchange, and is the caller's.
    const sending = this.#send().catch((reason: unknown) => {
      failure = { reason };
      this.#finishReading("error");
      close();
    });
    try {
      await this.#read();
      // A peer that has ended its side may still take octets.
      if (this.#end?.how === "fin" || this.#end?.how === "close-notify") await sending;
      if (this.#end?.how === "close-notify") this.#end.fin = await this.#sawFin();
    } finally {
      clearTimeout(this.#silence);
      // However it came here: nothing more is sent, and no silence counted.
      this.#finishReading("error");
      this.#deadline.leave();
      this.#connection.close();
    }
    await sending;
    if (failure) throw failure.reason;
    return this.#describe();
  }

  async #send(): Promise<void> {
    await this.#sender.finish();
    if (this.#error === undefined && this.#sender.missing === undefined) this.#clock.sent();
    if (this.#options.halfClose && this.#stop === undefined) await this.#connection.closeWrite();
    this.#restartSilence();
  }

  #noteWriteError(outcome: BrokenWrite): void {
    this.#error ??= outcome.type === "error"
      ? classifyError(outcome.error, "send", `send to ${this.#label}`)
      : this.#failure(outcome.how === "rst" ? "reset" : "closed", "send", "the peer takes no more octets");
  }

  async #read(): Promise<void> {
    while (this.#stop === undefined) {
      const outcome = await this.#connection.read();
      if (outcome.type !== "data") return this.#noteEnd(outcome);
      this.#clock.received();
      clearTimeout(this.#silence);
      await this.#take(outcome.bytes);
      this.#restartSilence();
    }
  }

  async #take(bytes: Uint8Array): Promise<void> {
    let count = Math.min(bytes.length, this.#maxReceived - this.#received);
    // An answer to what is still to be sent is not the last one.
    const searched = this.#sender.prompted ? undefined : this.#search;
    const found = searched?.feed(bytes.subarray(0, count)) ?? -1;
    if (found !== -1) count = found;
    const taken = bytes.subarray(0, count);
    this.#received += count;
    this.#sender.receive(taken);
    if (found !== -1) this.#finishReading("until");
    else if (this.#received >= this.#maxReceived) this.#finishReading("max-received");
    if (this.#options.onReceived) await this.#options.onReceived(taken);
    else this.#kept.add(taken);
  }

  #finishReading(stop: RawStop): void {
    this.#stop ??= stop;
    this.#stopped.resolve(undefined);
  }

  /** Silence counts when it is the peer's turn: whoever types a request takes breaks. */
  #restartSilence(): void {
    if (!this.#sender.idle || this.#stop !== undefined) return;
    clearTimeout(this.#silence);
    const limit = this.#options.silenceTimeout ?? (this.#clock.answered ? WAIT : FIRST_WAIT);
    this.#silence = setTimeout(() => {
      this.#finishReading("silence");
      this.#connection.close();
    }, limit);
  }

  /** Whether FIN follows the end of TLS, within as long as last words get. */
  async #sawFin(): Promise<boolean> {
    const late = Promise.withResolvers<false>();
    const timer = setTimeout(() => late.resolve(false), LAST_WORDS);
    const seen = await Promise.race([this.#connection.waitForFin?.() ?? false, late.promise]);
    clearTimeout(timer);
    return seen;
  }

  #noteEnd(outcome: Exclude<ReadOutcome, { type: "data" }>): void {
    if (this.#stop === "silence") return;
    const after = performance.now() - this.#lastAt;
    switch (outcome.type) {
      case "fin":
      case "close-notify":
        this.#stop ??= "peer";
        this.#end = { by: "peer", how: outcome.type, after };
        clearTimeout(this.#silence);
        // Only a source that is slower than this loses what it would still have given.
        this.#silence = setTimeout(() => this.#stopped.resolve(undefined), LAST_WORDS);
        return;
      case "tls-truncated":
        this.#finishReading("peer");
        this.#end = { by: "peer", how: outcome.type, after };
        return;
      case "rst":
        this.#finishReading("peer");
        this.#end = { by: "peer", how: "rst", after };
        this.#error ??= this.#failure("reset", this.#clock.phase, "the peer reset the connection");
        return;
      case "error":
        this.#finishReading("error");
        this.#error ??= classifyError(outcome.error, this.#clock.phase, `read from ${this.#label}`);
        return;
      case "closed":
        this.#finishReading("error");
        this.#error = this.#deadline.expired ??
          this.#failure("aborted", this.#clock.phase, "the connection was closed here");
    }
  }

  get #lastAt(): number {
    return Math.max(this.#clock.lastReceivedAt, this.#sender.lastAt ?? 0);
  }

  #failure(kind: ProbeError["kind"], phase: Phase, cause: string): ProbeError {
    const progress = `after ${this.#sender.sent} octets sent and ${this.#received} received`;
    const message = `Cannot exchange octets with ${this.#label}: ${cause} ${progress}`;
    return { kind, phase, by: kind === "aborted" ? "local" : "target", message };
  }

  #describe(): Omit<RawResult, "schema" | "input" | "startedAt"> {
    this.#noteMissing();
    return {
      ok: this.#error === undefined,
      ...(this.#error && { error: nameRenegotiation(this.#error, this.#connection) }),
      sent: this.#sender.sent,
      received: this.#received,
      ...(this.#sender.early !== undefined && { early: this.#sender.early }),
      ...(!this.#options.onReceived && { data: decodeLatin1(joinOctets(this.#kept.pieces)) }),
      ...(this.#stop && { stop: this.#stop }),
      end: this.#end ?? { by: "us", how: "closed", after: performance.now() - this.#lastAt },
      timings: this.#clock.timings,
    };
  }

  /** Whoever limits the octets to read has what was asked for. */
  #noteMissing(): void {
    const { missing } = this.#sender;
    if (missing === undefined || this.#stop === "max-received") return;
    const cause = `"${escapeExcerpt(decodeLatin1(missing))}" did not come, so that the rest was not sent,`;
    this.#error ??= this.#failure(this.#stop === "peer" ? "closed" : "timeout", "wait", cause);
  }
}
