/**
 * Turns flags into the options of a probe.
 *
 * @module
 */

import { encodeLatin1, utf8Octets } from "../http/octets.ts";
import type { HeaderChange } from "../probe/header_changes.ts";
import type { ProbeOptions, ReachOptions, RequestOptions } from "../probe/options.ts";
import { formatDuration } from "../text/duration.ts";
import type { FlagValues } from "./flags/flag.ts";
import type { LIMIT_FLAGS, REACHING_FLAGS, REQUEST_FLAGS } from "./flags/request_flags.ts";
import type { CommandIo } from "./io.ts";
import { UsageError } from "./usage_error.ts";

/** The flags that become the options of a probe. A command that probes may lack some of them. */
export type ProbingFlags = {
  readonly [Name in keyof AllProbingFlags]?: AllProbingFlags[Name] | undefined;
};

type AllProbingFlags = FlagValues<
  { request: typeof REQUEST_FLAGS; reaching: typeof REACHING_FLAGS; limits: typeof LIMIT_FLAGS }
>;

/**
 * Reads the options of a probe from flags, and the files that they name.
 *
 * @throws {UsageError} If a value cannot be used
 * @throws {LocalFault} If a file cannot be read
 */
export async function readProbeOptions(flags: ProbingFlags, io: CommandIo): Promise<ProbeOptions> {
  const { location, maxRedirs, maxHead, maxBody, maxTime, connectTimeout, firstByteTimeout, listenFirst } =
    flags;
  refuseEndlessListening(flags);
  return {
    ...await readRequestOptions(flags, io),
    ...await readReachOptions(flags, io),
    maxTime,
    connectTimeout,
    firstByteTimeout,
    listenFirst,
    limits: maxHead === undefined ? undefined : { maxHead },
    maxBody,
    maxRedirects: location ? maxRedirs : 0,
    signal: io.signal,
  };
}

/** Refuses a run that the time limit would end before the request is sent, as if the target were slow. */
function refuseEndlessListening({ listenFirst, maxTime }: ProbingFlags): void {
  if (listenFirst === undefined || maxTime === undefined || listenFirst < maxTime) return;
  const enough = `--max-time ${Math.ceil((listenFirst + maxTime) / 1000)}s`;
  throw new UsageError(
    `--listen-first: listening for ${formatDuration(listenFirst)} leaves no time for the request within ` +
      `${formatDuration(maxTime)}: add ${enough}`,
  );
}

async function readRequestOptions(flags: ProbingFlags, io: CommandIo): Promise<RequestOptions> {
  const { request, header = [], data = [], head, userAgent, user, http10, requestTarget, rawRequest } = flags;
  const headers = header.map(([name, value]): HeaderChange => [name, value && utf8Octets(value)]);
  // As with curl, -H overrides both.
  const typed = header.some(([name]) => name.toLowerCase() === "content-type");
  if (data.length > 0 && !typed) headers.push(["Content-Type", "application/x-www-form-urlencoded"]);
  if (userAgent === "") headers.push(["User-Agent", undefined]);
  return {
    headers,
    method: head ? "HEAD" : request ?? (data.length > 0 ? "POST" : undefined),
    body: data.length > 0 ? await readData(data, io) : undefined,
    userAgent: userAgent ? utf8Octets(userAgent) : undefined,
    credentials: user === undefined ? undefined : await readCredentials(user, io),
    version: http10 ? "1.0" : undefined,
    requestTarget: requestTarget && utf8Octets(requestTarget),
    rawRequest: rawRequest === undefined ? undefined : await readRawRequest(rawRequest, io),
  };
}

async function readRawRequest(path: string, io: CommandIo): Promise<Uint8Array> {
  const octets = await readInputFile(path, io);
  if (octets.length === 0) throw new UsageError(`--raw-request: ${path} is empty`);
  return octets;
}

async function readData(data: readonly string[], io: CommandIo): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for (const [index, text] of data.entries()) {
    if (text === "@") throw new UsageError("--data: write @FILE for the content of a file, or @- for stdin");
    if (index > 0) pieces.push(encodeLatin1("&"));
    pieces.push(
      text.startsWith("@") ? await readInputFile(text.slice(1), io) : new TextEncoder().encode(text),
    );
  }
  return new Uint8Array(await new Blob(pieces as Uint8Array<ArrayBuffer>[]).arrayBuffer());
}

/** Reads `NAME:PASSWORD`. If the password is missing, asks for it on the terminal, as curl does. */
async function readCredentials(text: string, io: CommandIo): Promise<{ user: string; password: string }> {
  const colon = text.indexOf(":");
  if (colon !== -1) return { user: text.slice(0, colon), password: text.slice(colon + 1) };
  if (io.askSecret === undefined) {
    throw new UsageError("--user: Cannot ask for the password without a terminal: write NAME:PASSWORD");
  }
  const password = await io.askSecret(`Password for ${text}:`);
  if (password === null) {
    throw new UsageError("--user: Cannot go on without a password: type it, or write NAME:PASSWORD");
  }
  return { user: text, password };
}

async function readReachOptions(flags: ProbingFlags, io: CommandIo): Promise<ReachOptions> {
  const { ipv4, ipv6, resolve, connectTo, unixSocket, denyPrivate, sni, alpn, insecure, cacert, cert, key } =
    flags;
  // Node's TLS, which checks the files, is slow to load.
  const files = cacert === undefined && cert === undefined
    ? {}
    : await (await import("./tls_files.ts")).readTlsFiles({ cacert, cert, key }, io);
  return {
    family: ipv4 ? 4 : ipv6 ? 6 : undefined,
    resolve,
    connectTo,
    unixSocket,
    denyPrivate,
    sni,
    alpn,
    verify: !insecure,
    ...files,
  };
}

async function readInputFile(path: string, io: CommandIo): Promise<Uint8Array> {
  return await (await import("./input_file.ts")).readInputFile(path, io.stdin);
}
