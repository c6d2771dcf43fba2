/**
 * From flags to the options of a probe.
 *
 * @module
 */

import { encodeLatin1, utf8Octets } from "../http/octets.ts";
import type { HeaderChange } from "../probe/header_changes.ts";
import type { ProbeOptions } from "../probe/options.ts";
import type { FlagValues } from "./flags/flag.ts";
import type { LIMIT_FLAGS, REACHING_FLAGS, REQUEST_FLAGS } from "./flags/request_flags.ts";
import type { CommandIo } from "./io.ts";
import { LocalFault } from "./local_fault.ts";
import { UsageError } from "./usage_error.ts";

/** The flags from which the options of a probe are made: every command that probes takes them. */
export type ProbingFlags = FlagValues<
  { request: typeof REQUEST_FLAGS; reaching: typeof REACHING_FLAGS; limits: typeof LIMIT_FLAGS }
>;

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };
type Part<Key extends keyof ProbeOptions> = Writable<Pick<ProbeOptions, Key>>;

/**
 * Reads the options of a probe from flags, and the files that they name.
 *
 * @throws {UsageError} If a value cannot be used
 * @throws {LocalFault} If a file cannot be read
 */
export async function readProbeOptions(flags: ProbingFlags, io: CommandIo): Promise<ProbeOptions> {
  const { location, maxRedirs, maxHead, maxBody, maxTime, connectTimeout, firstByteTimeout, listenFirst } =
    flags;
  return {
    ...await readRequestOptions(flags, io),
    ...await readReachOptions(flags, io),
    maxTime,
    connectTimeout,
    ...(firstByteTimeout !== undefined && { firstByteTimeout }),
    ...(listenFirst !== undefined && { listenFirst }),
    limits: { maxHead },
    maxBody,
    maxRedirects: location ? maxRedirs : 0,
    signal: io.signal,
  };
}

type RequestPart = Part<
  "method" | "headers" | "body" | "userAgent" | "credentials" | "version" | "requestTarget" | "rawRequest"
>;

async function readRequestOptions(flags: ProbingFlags, io: CommandIo): Promise<RequestPart> {
  const { request, header, data, head, userAgent, user, http10, requestTarget, rawRequest } = flags;
  const headers = header.map(([name, value]): HeaderChange => [name, value && utf8Octets(value)]);
  const options: RequestPart = { headers };
  const method = head ? "HEAD" : request ?? (data.length > 0 ? "POST" : undefined);
  if (method !== undefined) options.method = method;
  if (data.length > 0) {
    options.body = await readData(data, io);
    const typed = header.some(([name]) => name.toLowerCase() === "content-type");
    // As curl does; -H says otherwise.
    if (!typed) headers.push(["Content-Type", "application/x-www-form-urlencoded"]);
  }
  if (userAgent === "") {
    // As curl does; -H says otherwise.
    headers.push(["User-Agent", undefined]);
  } else if (userAgent !== undefined) options.userAgent = utf8Octets(userAgent);
  if (user !== undefined) options.credentials = await readCredentials(user, io);
  if (http10) options.version = "1.0";
  if (requestTarget !== undefined) options.requestTarget = utf8Octets(requestTarget);
  if (rawRequest !== undefined) {
    options.rawRequest = await readInputFile(rawRequest, io);
    if (options.rawRequest.length === 0) throw new UsageError(`--raw-request: ${rawRequest} is empty`);
  }
  return options;
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

/** Without a password it is asked for, as curl does, where there is somebody to ask. */
async function readCredentials(text: string, io: CommandIo): Promise<{ user: string; password: string }> {
  const colon = text.indexOf(":");
  if (colon !== -1) return { user: text.slice(0, colon), password: text.slice(colon + 1) };
  const password = io.stdout.terminal ? await askPassword(text) : null;
  if (password === null) {
    throw new UsageError("--user: Cannot ask for the password without a terminal: write NAME:PASSWORD");
  }
  return { user: text, password };
}

/** Asks on the terminal; gives `null` if stdin is not one. */
async function askPassword(user: string): Promise<string | null> {
  const { loadPromptSecret } = await import("./std.ts");
  try {
    const promptSecret = await loadPromptSecret();
    return promptSecret(`Password for ${user}:`, { clear: true });
  } catch (error) {
    if (!(error instanceof LocalFault)) throw error;
    throw new LocalFault(`Cannot ask for the password: ${error.message}; write --user NAME:PASSWORD`, {
      cause: error,
    });
  }
}

type ReachPart = Part<
  | "family"
  | "resolve"
  | "connectTo"
  | "unixSocket"
  | "denyPrivate"
  | "sni"
  | "alpn"
  | "verify"
  | "caCerts"
  | "cert"
  | "key"
>;

async function readReachOptions(flags: ProbingFlags, io: CommandIo): Promise<ReachPart> {
  const { ipv4, ipv6, resolve, connectTo, unixSocket, denyPrivate, sni, alpn, insecure, cacert, cert, key } =
    flags;
  const options: ReachPart = { resolve, connectTo, verify: !insecure };
  if (ipv4) options.family = 4;
  if (ipv6) options.family = 6;
  if (unixSocket !== undefined) options.unixSocket = unixSocket;
  if (denyPrivate) options.denyPrivate = true;
  if (sni !== undefined) options.sni = sni;
  if (alpn !== undefined) options.alpn = alpn;
  // Loaded only where there are such files: the TLS of Node takes its time.
  if (cacert === undefined && cert === undefined) return options;
  return { ...options, ...await (await import("./tls_files.ts")).readTlsFiles({ cacert, cert, key }, io) };
}

async function readInputFile(path: string, io: CommandIo): Promise<Uint8Array> {
  return await (await import("./input_file.ts")).readInputFile(path, io.stdin);
}
