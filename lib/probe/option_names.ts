/**
 * The names of the options of a probe, to detect misspelt options.
 *
 * @module
 */

import { LIMIT_NAMES } from "../http/limits.ts";
import type { OptionNames } from "../text/check_options.ts";
import type {
  ConnectToRule,
  LimitOptions,
  Linger,
  ProbeOptions,
  ReachOptions,
  RequestOptions,
  ResolveRule,
} from "./options.ts";

/** Names of {@linkcode RequestOptions}. */
export const REQUEST_OPTION_NAMES = {
  method: true,
  headers: true,
  body: true,
  userAgent: true,
  credentials: { user: true, password: true } satisfies OptionNames<
    NonNullable<RequestOptions["credentials"]>
  >,
  version: true,
  requestTarget: true,
  rawRequest: true,
} as const satisfies OptionNames<RequestOptions>;

/** Names of {@linkcode ReachOptions}. */
export const REACH_OPTION_NAMES = {
  family: true,
  resolve: [{ host: true, port: true, addresses: true } satisfies OptionNames<ResolveRule>],
  connectTo: [
    { host: true, port: true, toHost: true, toPort: true } satisfies OptionNames<ConnectToRule>,
  ],
  unixSocket: true,
  denyPrivate: true,
  sni: true,
  alpn: true,
  verify: true,
  caCerts: true,
  cert: true,
  key: true,
} as const satisfies OptionNames<ReachOptions>;

/** Names of {@linkcode LimitOptions}. */
export const LIMIT_OPTION_NAMES = {
  maxTime: true,
  lostTimeAllowance: true,
  connectTimeout: true,
  listenFirst: true,
  firstByteTimeout: true,
  limits: LIMIT_NAMES,
  maxBody: true,
  linger: { kept: true, closing: true } satisfies OptionNames<Linger>,
} as const satisfies OptionNames<LimitOptions>;

/** Names of {@linkcode ProbeOptions}. */
export const PROBE_OPTION_NAMES = {
  ...REQUEST_OPTION_NAMES,
  ...REACH_OPTION_NAMES,
  ...LIMIT_OPTION_NAMES,
  maxRedirects: true,
  keepText: true,
  keepSha256: true,
  keepRequest: true,
  onBody: true,
  onWire: true,
  signal: true,
} as const satisfies OptionNames<ProbeOptions>;
