/**
 * The options of a session and of its requests.
 *
 * @module
 */

import { withoutUndefined } from "../without_undefined.ts";
import { parseTarget, type SettledTarget } from "../target/target.ts";
import type { OptionNames } from "../text/check_options.ts";
import { type HeaderChange, headerChanges } from "./header_changes.ts";
import { LIMIT_OPTION_NAMES, PROBE_OPTION_NAMES, REQUEST_OPTION_NAMES } from "./option_names.ts";
import type { LimitOptions, ProbeOptions, RequestOptions } from "./options.ts";

/** Options of {@linkcode connect}: the way to the server, and defaults for every request. */
export type SessionOptions = Omit<ProbeOptions, "maxRedirects">;

/**
 * One request of a session. The session's options apply to every option that you leave out. `headers` are added to
 * those of the session, and replace those with the same name. `maxTime` of the first request includes the time for
 * connecting.
 */
export interface SessionRequest
  extends
    RequestOptions,
    Pick<LimitOptions, "maxTime" | "lostTimeAllowance" | "firstByteTimeout" | "maxBody" | "linger">,
    Pick<ProbeOptions, "keepText" | "keepSha256" | "keepRequest" | "onBody" | "signal"> {
  /**
   * Path and query of the request, beginning with a slash or question mark.
   *
   * @default {the path of the URL that the session was connected to}
   */
  readonly path?: string | undefined;
  /**
   * This is the last request of the session: after its answer, sonde watches the connection for `linger` milliseconds,
   * as `probe()` does.
   *
   * @default {false}
   */
  readonly last?: boolean | undefined;
}

const { maxRedirects: _, ...sessionNames } = PROBE_OPTION_NAMES;

/** Names of {@linkcode SessionOptions}. */
export const SESSION_OPTION_NAMES = sessionNames satisfies OptionNames<SessionOptions>;

const { maxTime, lostTimeAllowance, firstByteTimeout, maxBody, linger } = LIMIT_OPTION_NAMES;

/** Names of {@linkcode SessionRequest}. */
export const SESSION_REQUEST_NAMES = {
  ...REQUEST_OPTION_NAMES,
  maxTime,
  lostTimeAllowance,
  firstByteTimeout,
  maxBody,
  linger,
  keepText: true,
  keepSha256: true,
  keepRequest: true,
  onBody: true,
  signal: true,
  path: true,
  last: true,
} as const satisfies OptionNames<SessionRequest>;

/** Merges the options of one request with those of the session. */
export function requestOptions(session: SessionOptions, request: SessionRequest): SessionOptions {
  const given = withoutUndefined<SessionRequest>(request);
  const merged: { -readonly [Key in keyof SessionOptions]: SessionOptions[Key] } = { ...session, ...given };
  if (session.headers && request.headers) {
    merged.headers = mergeHeaders(headerChanges(session.headers), headerChanges(request.headers));
  }
  if (session.signal && request.signal) merged.signal = AbortSignal.any([session.signal, request.signal]);
  return merged;
}

function mergeHeaders(session: readonly HeaderChange[], request: readonly HeaderChange[]): HeaderChange[] {
  const named = new Set(request.map(([name]) => name.toLowerCase()));
  return [...session.filter(([name]) => !named.has(name.toLowerCase())), ...request];
}

/**
 * Makes the target of one request.
 *
 * @throws {TypeError} If the path begins with neither a slash nor a question mark
 */
export function targetOf(target: SettledTarget, path: string | undefined): SettledTarget {
  if (path === undefined) return target;
  if (!/^[/?]/.test(path)) {
    throw new TypeError(`Cannot request ${JSON.stringify(path)}: a path begins with a slash`);
  }
  return { ...target, path: parseTarget(`http://localhost${path}`).path };
}
