/**
 * Records which octets requested which response of a connection.
 *
 * @module
 */

import type { ParsedResponse } from "../../http/response.ts";

/** The request of a response, and its connection. */
export interface AnswerPlace {
  /** The octets of its request, if it was sent alone. */
  readonly request: Uint8Array | undefined;
  /** Number of the response on its connection, from 1. */
  readonly number: number;
  readonly address: string;
}

/** The requests of one connection in sending order. */
export class RequestRecord {
  readonly #requests: (Uint8Array | undefined)[] = [];
  #reported = 0;

  /**
   * Adds requests that are sent in one write.
   *
   * @param bytes The whole write, for a request whose own octets are not given
   */
  add(requests: readonly { readonly bytes?: Uint8Array }[], bytes: Uint8Array): void {
    for (const request of requests) {
      // A request among several is not comparable with the same octets alone.
      this.#requests.push(requests.length > 1 ? undefined : request.bytes ?? bytes);
    }
  }

  /** Forgets all octets, because later octets turn them into a different request. */
  forget(): void {
    this.#requests.fill(undefined);
  }

  /** Gives the octets that a response answers, if they were sent alone. */
  get(index: number): Uint8Array | undefined {
    return this.#requests[index];
  }

  /** Reports each new response since the last call. */
  reportNew(
    responses: readonly ParsedResponse[],
    address: string,
    report: ((response: ParsedResponse, place: AnswerPlace) => void) | undefined,
  ): void {
    while (this.#reported < responses.length) {
      const response = responses[this.#reported]!;
      const request = this.get(this.#reported++);
      report?.(response, { request, number: this.#reported, address });
    }
  }
}
