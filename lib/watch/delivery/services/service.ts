/**
 * The parts of a service that gets notices by HTTP.
 *
 * @module
 */

import type { HttpReceiver } from "../../tasks/receiver.ts";
import type { ChangeNotice } from "../change_notice.ts";

/** A request to a service. */
export interface ServiceRequest {
  readonly url: string;
  readonly method: string;
  /** One code unit for each octet of a value. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** Makes a request that posts JSON. */
export function postJson(url: string, body: unknown): ServiceRequest {
  return {
    url,
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  };
}

/** An answer of a service. */
export interface ServiceAnswer {
  readonly status: number;
  /** Content of the answer; empty if there was none or if it is not text. */
  readonly text: string;
}

/** A fault that a service names in the content of its answer. */
export interface ServiceFault {
  /** Status that the service names; the status of the answer if undefined. */
  readonly status?: number | undefined;
  /** Cause in the words of the service. */
  readonly cause: string;
  /** Milliseconds that the service asks to wait. */
  readonly retryAfter?: number | undefined;
}

/** The settings of a receiver, read from its entry; `place`, `on` and `only` are read elsewhere. */
export type ReceiverOf<Type extends HttpReceiver["type"]> = Extract<HttpReceiver, { type: Type }>;

/** A service that gets notices by HTTP. */
export interface Service<Type extends HttpReceiver["type"]> {
  /** Writes the request with a notice. `headers` of the receiver are added elsewhere. */
  request(receiver: ReceiverOf<Type>, notice: ChangeNotice, message: string): ServiceRequest;
  /** True if a web page can be the answer of the receiver. */
  readonly takesPages?: true;
  /** Finds a fault in an answer whose status may look like success. @default none */
  fault?(answer: ServiceAnswer): ServiceFault | undefined;
}
