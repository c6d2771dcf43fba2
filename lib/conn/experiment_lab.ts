/**
 * The tools of an experiment, as its author sees them: types only.
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

/** Opens connections to the server. The runner closes those that an experiment leaves open. */
export interface ExperimentLab {
  /** The resource under examination; it composes the requests. */
  readonly subject: Subject;
  /** Limits and numbers of this run. */
  readonly settings: Settings;
  /** Gives a fact that an earlier experiment found, such as `idle-timeout.seconds`; `undefined` if it found none. */
  known(fact: string): unknown;
  /**
   * Opens a connection.
   *
   * @throws {CannotTell} If the connection fails; the outcome of the experiment is then `unknown`
   */
  open(options?: { readonly address?: string | undefined }): Promise<ExperimentConnection>;
  /**
   * Sends an ordinary request, or another one that must be answered.
   *
   * @throws {CannotTell} If no complete answer comes
   */
  mustAsk(connection: ExperimentConnection, request?: ComposedRequest): Promise<CompleteAnswer>;
}

/** A connection of an experiment. Only one wait may be under way at a time. */
export interface ExperimentConnection extends AsyncDisposable {
  /** Reads the responses; `responses` contains them, the last one possibly incomplete. */
  readonly reader: ResponseReader;
  /** Address and port of the server. */
  readonly peer: { readonly address: string; readonly port: number };
  /** Facts of TLS. */
  readonly tls: TlsFacts | undefined;
  /** The end of the connection, if it was noticed. */
  readonly end: StreamEnd | undefined;
  /** True if the server ended it. */
  readonly endedByPeer: boolean;
  /** True if the received octets allow another request. */
  readonly reusable: boolean;
  /** Number of octets that came without an outstanding request. */
  readonly surplusBytes: number;
  /** `performance.now()` when the last octet came. */
  readonly lastOctetAt: number | undefined;
  /** Sends a request, and reads until its response is complete or cannot be, for at most `ms` milliseconds. */
  ask(request: ComposedRequest, ms: number): Promise<Answer>;
  /** Sends octets; the next octets that come may answer `requests`. */
  send(bytes: Uint8Array, ...requests: OutstandingRequest[]): Promise<unknown>;
  /**
   * Reads until `until` returns true (`met`), the connection has ended (`ended`), or `ms` milliseconds have passed
   * (`late`).
   */
  wait(ms: number, until?: () => boolean): Promise<"met" | "ended" | "late">;
  /** Checks the connection once more: it must be open and in step, without unrequested octets. */
  ready(): Promise<boolean>;
  /** Ends our side (FIN); the server may go on. */
  endSending(): Promise<void>;
  /** Closes the connection. */
  close(): void;
}
