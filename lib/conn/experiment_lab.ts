/**
 * The place where an experiment works, as its author sees it: types only.
 *
 * @module
 */

import type { OutstandingRequest } from "../http/framing.ts";
import type { ParsedResponse } from "../http/response.ts";
import type { ResponseReader } from "../http/response_reader.ts";
import type { ComposedRequest } from "../probe/compose_request.ts";
import type { TlsFacts } from "../result.ts";
import type { StreamEnd } from "../net/stream_end.ts";
import type { Answer } from "./answer.ts";
import type { Settings } from "./settings.ts";
import type { Subject } from "./subject.ts";

/** An answer with its response. */
export type CompleteAnswer = Answer & { readonly response: ParsedResponse };

/** Opens connections to the server; the runner closes those that an experiment leaves open. */
export interface ExperimentLab {
  /** The resource that is examined; it composes the requests. */
  readonly subject: Subject;
  /** Limits and numbers of this run. */
  readonly settings: Settings;
  /** Gives what an earlier experiment found, as `idle-timeout.seconds`; `undefined` if it found nothing. */
  known(fact: string): unknown;
  /**
   * Opens a connection.
   *
   * @throws {CannotTell} If it cannot be opened; the outcome of the experiment is `unknown` then
   */
  open(options?: { readonly address?: string | undefined }): Promise<ExperimentConnection>;
  /**
   * Sends an ordinary request, or another one that has to be answered.
   *
   * @throws {CannotTell} If no complete answer comes
   */
  mustAsk(connection: ExperimentConnection, request?: ComposedRequest): Promise<CompleteAnswer>;
}

/** A connection of an experiment. Only one wait may be under way at a time. */
export interface ExperimentConnection extends AsyncDisposable {
  /** Reads the responses; `responses` has them, the last one perhaps in part. */
  readonly reader: ResponseReader;
  /** Address and port of the server. */
  readonly peer: { readonly address: string; readonly port: number };
  /** Facts of TLS. */
  readonly tls: TlsFacts | undefined;
  /** The end of the connection, if it was noticed. */
  readonly end: StreamEnd | undefined;
  /** True if the server ended it. */
  readonly endedByPeer: boolean;
  /** True if nothing received so far speaks against another request. */
  readonly reusable: boolean;
  /** Octets that came though no request was outstanding. */
  readonly surplusBytes: number;
  /** `performance.now()` when the last octet came. */
  readonly lastOctetAt: number | undefined;
  /** Sends a request, and reads until its response is complete or cannot be, at most for `ms` milliseconds. */
  ask(request: ComposedRequest, ms: number): Promise<Answer>;
  /** Sends octets; what is read next may answer `requests`. */
  send(bytes: Uint8Array, ...requests: OutstandingRequest[]): Promise<unknown>;
  /** Reads until `until` holds (`met`), the connection has ended (`ended`), or `ms` milliseconds are over (`late`). */
  wait(ms: number, until?: () => boolean): Promise<"met" | "ended" | "late">;
  /** Looks once more at the connection: whether it is open, in step, and nothing came that no request had asked for. */
  ready(): Promise<boolean>;
  /** Ends our side (FIN); the server may go on. */
  endSending(): Promise<void>;
  /** Closes the connection. */
  close(): void;
}
