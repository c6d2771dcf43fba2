/**
 * Sends octets to any server and gives the octets that come back.
 *
 * @module
 */

import { RAW_DEFAULTS } from "../probe/defaults.ts";
import { checkOptions } from "../text/check_options.ts";
import { Deadline } from "../net/deadline.ts";
import { dial, type DialOutcome, type DialRequest, prepareDial } from "../net/dial/dial.ts";
import { withOwnTime } from "../phase_times.ts";
import { checkLimits } from "../probe/check_limits.ts";
import { planTls } from "../probe/plan_tls.ts";
import { TappedConnection } from "../net/tapped_connection.ts";
import { RawRun } from "./raw_run.ts";
import { parseHost } from "../target/parse_host.ts";
import { RAW_OPTION_NAMES } from "./raw_result.ts";
import type { RawOptions, RawResult, RawStop, RawTlsOptions, RawTurn } from "./raw_result.ts";
import { withoutUndefined } from "../without_undefined.ts";

export type { RawOptions, RawResult, RawStop, RawTlsOptions, RawTurn };

/**
 * Opens a connection, sends all octets, and gives the octets that come back until the peer closes, is silent for a
 * while, or a limit is reached. It sends and reads at the same time. Needs `--allow-net` for the server; for a Unix
 * socket also `--allow-read` and `--allow-write` for its path.
 *
 * @param target `HOST:PORT`, `[IPv6]:PORT`; ignored with `unixSocket`
 * @returns The result; no action of a peer or the network makes this function throw
 * @throws {SyntaxError} If the target has no host or no port
 * @throws {TypeError} If an option does not exist, or `until` is empty
 *
 * @example Usage
 * ```ts
 * import { exchangeRaw } from "https://deno.land/x/sonde/lib/raw.ts";
 * import assert from "node:assert/strict";
 *
 * using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
 * const serving = listener.accept().then(async (conn) => {
 *   await conn.write(new TextEncoder().encode("220 ready\r\n"));
 *   conn.close();
 * });
 * const result = await exchangeRaw(`127.0.0.1:${listener.addr.port}`);
 * await serving;
 * assert.equal(new TextDecoder().decode(result.data), "220 ready\r\n");
 * assert.equal(result.end?.how, "fin");
 * ```
 */
export async function exchangeRaw(target: string, options: RawOptions = {}): Promise<RawResult> {
  checkOptions(options, RAW_OPTION_NAMES);
  const {
    maxTime = RAW_DEFAULTS.maxTime,
    connectTimeout = RAW_DEFAULTS.connectTimeout,
    signal,
    onWire,
    until,
  } = options;
  if (until !== undefined && until.length === 0) {
    throw new TypeError("Cannot wait for the end of the exchange: until is empty");
  }
  checkLimits(options);
  const request = planDial(target, options);
  await prepareDial(request);
  const startedAt = performance.now();
  const wallClock = Date.now();
  using deadline = new Deadline({ maxTime, signal });
  const dialled = await dial(request, deadline, { connectTimeout, tlsTimeout: connectTimeout });
  const opening = withoutUndefined<Pick<RawResult, "schema" | "input" | "startedAt" | "tls" | "tries">>({
    schema: 1,
    input: target,
    startedAt: new Date(wallClock).toISOString(),
    tls: dialled.tls,
    tries: dialled.tries.some(({ error }) => error) ? [...dialled.tries] : undefined,
  });
  if (!dialled.connection) return { ...opening, ...describeFailure(dialled, startedAt) };
  using connection = onWire
    ? new TappedConnection(dialled.connection, onWire, startedAt, 1)
    : dialled.connection;
  const label = options.unixSocket ?? target;
  const run = new RawRun(connection, label, deadline, options);
  const facts = await run.finish();
  const { peer, local } = connection;
  const { tls } = connection;
  return withoutUndefined({
    ...opening,
    // The server may have asked to renegotiate meanwhile.
    tls: tls ?? dialled.tls,
    ...facts,
    timings: withOwnTime({ ...dialled.timings, ...facts.timings, total: performance.now() - startedAt }),
    connection: { peer: { ...peer }, local: { ...local } },
  });
}

function describeFailure(
  { error, timings }: DialOutcome,
  startedAt: number,
): Pick<RawResult, "ok" | "error" | "sent" | "received" | "timings"> {
  return withoutUndefined({
    ok: false,
    error,
    sent: 0,
    received: 0,
    timings: withOwnTime({ ...timings, total: performance.now() - startedAt }),
  });
}

function planDial(target: string, options: RawOptions): DialRequest {
  const { family, unixSocket, denyPrivate = false, tls } = options;
  const { host, port } = unixSocket === undefined ? parseHostPort(target) : { host: "localhost", port: 1 };
  return {
    host,
    port,
    family,
    unixSocket,
    denyPrivate,
    tls: tls ? planTls(host, tls === true ? {} : tls) : undefined,
  };
}

/**
 * Reads `HOST:PORT` or `[IPv6]:PORT`, the host as {@linkcode parseTarget} reads it.
 *
 * @throws {SyntaxError} If the text is neither
 */
export function parseHostPort(text: string): { host: string; port: number } {
  const refuse = (cause: string): never => {
    throw new SyntaxError(`Cannot connect to ${JSON.stringify(text)}: ${cause}`);
  };
  const [, host, digits] = /^(\[[^\]]+\]|[^:[\]\s/]+):([0-9]{1,5})$/.exec(text.trim()) ?? [];
  const port = Number(digits);
  if (host === undefined || port < 1 || port > 65_535) {
    return refuse(describeFault(text.trim()));
  }
  return { host: parseHost(host, refuse), port };
}

/** Says what is wrong with a text that is not `HOST:PORT`, and what to write. */
function describeFault(text: string): string {
  const [, before, port] = /^(.*):([^:[\]\s/]*)$/.exec(text) ?? [];
  if (before === "" && /^\d+$/.test(port!)) return `it has no host, write localhost:${port} for this machine`;
  if (before !== undefined && URL.canParse(`http://[${before}]/`)) {
    return `write the IPv6 address in brackets, [${before}]:${port || "PORT"}`;
  }
  if (before && port && /^(?:[^:[\]\s/]+|\[.+\])$/.test(before)) {
    return `the port "${port}" is not a number from 1 to 65535`;
  }
  return "write HOST:PORT, as in example.com:25 or [::1]:6379";
}
