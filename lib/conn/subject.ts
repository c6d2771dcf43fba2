/**
 * The server and resource that are examined, and the requests to it.
 *
 * @module
 */

import { type ComposedRequest, composeRequest } from "../probe/compose_request.ts";
import { headerChanges } from "../probe/header_changes.ts";
import type { RequestOptions } from "../probe/options.ts";
import type { SettledTarget } from "../target/target.ts";

/** Changes to the plain GET. */
export interface RequestChange {
  /**
   * The method.
   *
   * @default {"GET"}
   */
  readonly method?: string | undefined;
  /** Fields to send besides; one takes the place of those of the same name that the user gave. */
  readonly headers?: readonly (readonly [name: string, value: string])[] | undefined;
  /**
   * The version in the request line.
   *
   * @default {"1.1"}
   */
  readonly version?: "1.0" | "1.1" | undefined;
  /** Request target in place of that of the URL. */
  readonly requestTarget?: string | undefined;
  /** Content, sent with its length. */
  readonly body?: Uint8Array | string | undefined;
}

/** The resource that a run examines. */
export class Subject {
  /** Scheme, host, port and path. */
  readonly target: SettledTarget;
  readonly #options: Pick<RequestOptions, "headers" | "userAgent" | "credentials">;

  /**
   * Describes what is examined.
   *
   * @param options Fields and credentials that the user gave for all requests
   */
  constructor(
    target: SettledTarget,
    options: Pick<RequestOptions, "headers" | "userAgent" | "credentials"> = {},
  ) {
    this.target = target;
    this.#options = options;
  }

  /** Composes a request; a field of the change takes the place of one that the user gave. */
  request(change: RequestChange = {}): ComposedRequest {
    const { headers = [], ...rest } = change;
    const { userAgent, credentials, headers: given = [] } = this.#options;
    const changed = new Set(headers.map(([name]) => name.toLowerCase()));
    const kept = headerChanges(given).filter(([name]) => !changed.has(name.toLowerCase()));
    return composeRequest(this.target, {
      userAgent,
      credentials,
      ...rest,
      headers: [...kept, ...headers],
    });
  }

  /** Whether octets are those of the plain GET. */
  isPlain(request: Uint8Array | undefined): boolean {
    if (!request) return false;
    const plain = this.request().bytes;
    return request.length === plain.length && request.every((octet, index) => octet === plain[index]);
  }

  /** The request target with one more parameter in its query. */
  targetWith(parameter: string): string {
    const { path } = this.target;
    return `${path}${path.includes("?") ? "&" : "?"}${parameter}`;
  }

  /** A request target that no server has, in the same place. */
  missingTarget(): string {
    return `${this.target.path.replace(/[?][^]*$/, "").replace(/[^/]*$/, "")}sonde-no-such-resource`;
  }
}
