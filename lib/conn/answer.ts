/**
 * What comes of a request, and of a connection.
 *
 * @module
 */

import type { ParsedResponse } from "../http/response.ts";

/** How a connection ended: by the peer, or `closed` by us. */
export interface LineEnd {
  readonly how: "fin" | "rst" | "tls-truncated" | "closed" | "error";
  /** `performance.now()` */
  readonly at: number;
}

/** In words, how a connection ended. */
export function sayEnd(how: LineEnd["how"]): string {
  switch (how) {
    case "fin":
      return "closed by the peer (FIN)";
    case "rst":
      return "reset by the peer (RST)";
    case "tls-truncated":
      return "cut by the peer without close_notify";
    case "closed":
      return "closed by us";
    case "error":
      return "failed";
  }
}

/** What came of one request. */
export interface Answer {
  /**
   * - `answered`: the response is complete
   * - `closed`, `reset`: the connection ended before that, with FIN (or TLS cut) or RST
   * - `late`: the time was over
   * - `malformed`: what came is no response
   * - `large`: the content has more octets than are taken
   * - `interrupted`: the connection was closed here
   */
  readonly type: "answered" | "closed" | "reset" | "late" | "malformed" | "large" | "interrupted";
  /** Present once its head was complete. */
  readonly response?: ParsedResponse;
  /** `performance.now()` before the request was written. */
  readonly startedAt: number;
  readonly firstOctetAt?: number;
  readonly lastOctetAt?: number;
}

/** In words, what came in place of an answer. */
export function sayMiss(answer: Answer): string {
  const part = answer.response ? " in the middle of the answer" : "";
  switch (answer.type) {
    case "answered":
      return "an answer came";
    case "closed":
      return `the connection was closed${part}`;
    case "reset":
      return `the connection was reset${part}`;
    case "late":
      return answer.response ? "the answer did not come to an end in time" : "no answer came in time";
    case "malformed":
      return "something that is no HTTP response came";
    case "large":
      return "an answer with more content than is taken came";
    case "interrupted":
      return "the connection was closed here";
  }
}
