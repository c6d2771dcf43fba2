/**
 * Runs one raw exchange over an open connection.
 *
 * @module
 */

import { formatQuantity } from "../text/count.ts";
import { escapeExcerpt } from "../http/deviation.ts";
import { decodeLatin1 } from "../http/octets.ts";
import { classifyError } from "../net/errors/classify_error.ts";
import type { Connection } from "../net/connection.ts";
import { ConnectionReader, type StreamEnd } from "../net/connection_reader.ts";
import { nameRenegotiation } from "../net/tls/renegotiation.ts";
import type { Deadline } from "../net/deadline.ts";
import type { ConnectionEnd, Phase, ProbeError } from "../result.ts";
import { ExchangeClock } from "./exchange_clock.ts";
import type { RawOptions, RawResult, RawStop } from "./raw_result.ts";
import { RawReceiver } from "./raw_receiver.ts";
import { type BrokenWrite, RawSender } from "./raw_sender.ts";
import { SilenceLimit } from "./silence_limit.ts";
import { withoutUndefined } from "../without_undefined.ts";

/** Milliseconds during which a source may still give octets after the peer has ended its side. */
const LAST_WORDS = 250;

/** Sends and reads at the same time, once. */
export class RawRun {
  readonly #connection: Connection;
  readonly #stream: ConnectionReader;
  readonly #label: string;
  readonly #deadline: Deadline;
  readonly #options: RawOptions;
  readonly #sender: RawSender;
  readonly #receiver: RawReceiver;
  readonly #clock: ExchangeClock;
  readonly #silence: SilenceLimit;
  readonly #stopped = Promise.withResolvers<undefined>();
  #stop: RawStop | undefined;
  #end: ConnectionEnd | undefined;
  #error: ProbeError | undefined;

  /** @param label The server in messages */
  constructor(connection: Connection, label: string, deadline: Deadline, options: RawOptions) {
    this.#connection = connection;
    this.#stream = new ConnectionReader(connection, {
      take: (bytes) => this.#take(bytes),
      end: (end) => this.#noteEnd(end),
    });
    this.#clock = new ExchangeClock(this.#stream);
    this.#silence = new SilenceLimit(options.silenceTimeout);
    this.#label = label;
    this.#deadline = deadline;
    this.#options = options;
    this.#receiver = new RawReceiver(options);
    this.#sender = new RawSender({
      connection,
      source: options.send ?? "",
      stopped: this.#stopped.promise,
      onWaiting: () => this.#restartSilence(),
      onBroken: (outcome) => this.#noteWriteError(outcome),
    });
  }

  /** Sends everything, and reads until there is a reason to stop. */
  async finish(): Promise<Omit<RawResult, "schema" | "input" | "startedAt">> {
    const close = (): void => this.#connection.close();
    this.#deadline.enter("wait", `exchange octets with ${this.#label}`, undefined, close);
    let failure: { readonly reason: unknown } | undefined;
    // An error that the caller's source throws ends the exchange and reaches the caller.
    const sending = this.#send().catch((reason: unknown) => {
      failure = { reason };
      this.#finishReading("error");
      close();
    });
    try {
      await this.#read();
      // A peer that has ended its side may still accept octets.
      if (this.#end?.how === "fin" || this.#end?.how === "close-notify") await sending;
      if (this.#end?.how === "close-notify") this.#end.fin = await this.#sawFin();
    } finally {
      this.#silence.stop();
      // Whatever the reason for the end, nothing more is sent and no silence counts.
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
      : this.#failure(outcome.how === "rst" ? "reset" : "closed", "send", "the peer accepts no more octets");
  }

  async #read(): Promise<void> {
    while (this.#stop === undefined) {
      const { type } = await this.#stream.receive();
      if (type !== "data") return;
      await this.#receiver.handedOn;
      this.#restartSilence();
    }
  }

  #take(bytes: Uint8Array): void {
    this.#silence.stop();
    const { taken, stop } = this.#receiver.cut(bytes, !this.#sender.prompted);
    this.#sender.receive(taken);
    if (stop) this.#finishReading(stop);
    this.#receiver.take(taken);
  }

  #finishReading(stop: RawStop): void {
    this.#stop ??= stop;
    this.#stopped.resolve(undefined);
  }

  /** Counts silence while it is the peer's turn: a person who types a request may pause. */
  #restartSilence(): void {
    if (!this.#sender.idle || this.#stop !== undefined) return;
    this.#silence.restart(this.#stream.firstOctetAt !== undefined, () => {
      this.#finishReading("silence");
      this.#connection.close();
    });
  }

  /** Watches for FIN after the end of TLS, for the same time that remaining octets get. */
  async #sawFin(): Promise<boolean> {
    const late = Promise.withResolvers<void>();
    const timer = setTimeout(late.resolve, LAST_WORDS);
    await this.#stream.watchForFin(late.promise);
    clearTimeout(timer);
    return this.#stream.end?.fin === true;
  }

  #noteEnd({ by, how, at, error }: StreamEnd): void {
    if (this.#stop === "silence") return;
    if (by === "peer") this.#end = { by, how, after: at - this.#lastAt };
    const { phase } = this.#clock;
    switch (how) {
      case "fin":
      case "close-notify":
        this.#stop ??= "peer";
        // A source loses its last octets only if it is slower than this.
        this.#silence.callAfter(LAST_WORDS, () => this.#stopped.resolve(undefined));
        return;
      case "tls-truncated":
        return this.#finishReading("peer");
      case "rst":
        this.#finishReading("peer");
        this.#error ??= this.#failure("reset", phase, "the peer reset the connection");
        return;
      case "error":
        this.#finishReading("error");
        this.#error ??= classifyError(error, phase, `read from ${this.#label}`);
        return;
      case "closed":
        this.#finishReading("error");
        this.#error = this.#deadline.expired ??
          this.#failure("aborted", phase, "sonde closed the connection");
    }
  }

  get #lastAt(): number {
    return Math.max(this.#clock.lastReceivedAt, this.#sender.lastAt ?? 0);
  }

  #failure(kind: ProbeError["kind"], phase: Phase, cause: string): ProbeError {
    const progress = `after ${
      formatQuantity(this.#sender.sent, "octet")
    } sent and ${this.#receiver.received} received`;
    const message = `Cannot exchange octets with ${this.#label}: ${cause} ${progress}`;
    return { kind, phase, by: kind === "aborted" ? "local" : "target", message };
  }

  #describe(): Omit<RawResult, "schema" | "input" | "startedAt"> {
    this.#noteMissing();
    const { data } = this.#receiver;
    return withoutUndefined({
      ok: this.#error === undefined,
      error: this.#error && nameRenegotiation(this.#error, this.#connection),
      sent: this.#sender.sent,
      received: this.#receiver.received,
      early: this.#sender.early,
      data,
      stop: this.#stop,
      end: this.#end ?? { by: "us", how: "closed", after: performance.now() - this.#lastAt },
      timings: this.#clock.timings,
    });
  }

  /** Records the prompt that did not come, unless the limit of octets was reached. */
  #noteMissing(): void {
    const { missing } = this.#sender;
    if (missing === undefined || this.#stop === "max-received") return;
    const cause = `"${escapeExcerpt(decodeLatin1(missing))}" did not come, so that the rest was not sent,`;
    this.#error ??= this.#failure(this.#stop === "peer" ? "closed" : "timeout", "wait", cause);
  }
}
