/**
 * The server and resource under examination, and the requests to it.
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
  /** Fields to add; a field replaces the user's fields with the same name. */
  readonly headers?: readonly (readonly [name: string, value: string])[] | undefined;
  /**
   * The version in the request line.
   *
   * @default {"1.1"}
   */
  readonly version?: "1.0" | "1.1" | undefined;
  /** Request target that replaces that of the URL. */
  readonly requestTarget?: string | undefined;
  /** Content; its length is sent as well. */
  readonly body?: Uint8Array | string | undefined;
}

/** The resource that a run examines. */
export class Subject {
  /** Scheme, host, port and path. */
  readonly target: SettledTarget;
  readonly #options: Pick<RequestOptions, "headers" | "userAgent" | "credentials">;

  /**
   * Describes the resource.
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

  /** Composes a request; a field of the change replaces the user's field. */
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

  /** Tells whether octets are those of the plain GET. */
  isPlain(request: Uint8Array | undefined): boolean {
    if (!request) return false;
    const plain = this.request().bytes;
    return request.length === plain.length && request.every((octet, index) => octet === plain[index]);
  }

  /** Gives the request target with one more query parameter. */
  targetWith(parameter: string): string {
    const { path } = this.target;
    return `${path}${path.includes("?") ? "&" : "?"}${parameter}`;
  }

  /** Gives a request target in the same place that no server has. */
  missingTarget(): string {
    return `${this.target.path.replace(/[?][^]*$/, "").replace(/[^/]*$/, "")}sonde-no-such-resource`;
  }
}
