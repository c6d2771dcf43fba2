/**
 * `sonde raw HOST:PORT`: sends octets to any server and shows the answer.
 *
 * @module
 */

import { RAW_DEFAULTS } from "../../../probe/defaults.ts";
import { decodeLatin1, joinOctets } from "../../../http/octets.ts";
import {
  exchangeRaw,
  parseHostPort,
  type RawOptions,
  type RawTlsOptions,
  type RawTurn,
} from "../../../raw/exchange_raw.ts";
import { ExitCode, ExitTally } from "../../exit_code.ts";
import type { RawFlags } from "./flags.ts";
import type { ParsedFlags } from "../../flags/parse_flags.ts";
import { readInputFile, readPieces } from "../../input_file.ts";
import type { CommandIo } from "../../io.ts";
import { refuseFlagFiles } from "../../output/refuse_own_input.ts";
import { openWireLog } from "../../output/wire_log.ts";
import { openRawOutput, type RawOutput } from "./output.ts";
import { writeNote } from "../../output/note.ts";
import { describeTyping, formatRawSummary } from "./view.ts";
import { readTlsFiles } from "../../tls_files.ts";
import { missingOperand, parseUsage, UsageError } from "../../usage_error.ts";

const LF = 0x0a;
const CR = 0x0d;

/**
 * Exchanges octets with the server among the arguments.
 *
 * @returns The exit code.
 * @throws {UsageError} If there is not exactly one server.
 * @throws {LocalFault} If a file cannot be read or written.
 */
export async function runRaw(args: ParsedFlags<RawFlags>, io: CommandIo): Promise<number> {
  const { flags } = args;
  const target = chooseTarget(args);
  const { wait, maxReceived, until, maxTime, connectTimeout, halfClose } = flags;
  if (until?.length === 0) throw new UsageError("--until: Cannot wait for an empty text");
  await refuseFlagFiles(flags);
  const { send, typed } = await chooseSource(flags, io);
  await using wire = await openWireLog(flags.wire, io);
  await using output = flags.json ? undefined : await openRawOutput(flags, io);
  const stop = new AbortController();
  const options: RawOptions = {
    send,
    ...await readReach(flags, io),
    halfClose,
    silenceTimeout: wait,
    maxReceived,
    until,
    maxTime: maxTime ?? (typed ? Infinity : RAW_DEFAULTS.maxTime),
    connectTimeout,
    onReceived: output && ((data: Uint8Array) => pass(data, output, stop)),
    onWire: wire?.take,
    signal: AbortSignal.any([io.signal, stop.signal]),
  };
  if (typed && io.ask !== undefined && !flags.quiet) await writeNote(describeTyping(flags), io);
  const result = await exchangeRaw(target, options);
  await output?.end();
  if (output?.broken) return io.signal.aborted ? ExitCode.interrupted : ExitCode.ok;
  if (flags.json) {
    const { formatJsonLine } = await import("../../../text/json_line.ts");
    const data = result.data && decodeLatin1(result.data);
    await io.stdout.write(`${formatJsonLine({ ...result, data })}\n`);
  } else if (!flags.quiet) {
    const view = { width: io.width, paint: await io.paintFor(io.stderr), verbose: false };
    await io.stderr.write(`${formatRawSummary(result, view)}\n`);
  }
  const tally = new ExitTally(io.missing);
  tally.add(result);
  return tally.code(io.signal.aborted);
}

function chooseTarget(args: ParsedFlags<RawFlags>): string {
  const { flags, operands } = args;
  const [target, ...more] = operands;
  if (flags.unixSocket !== undefined) {
    if (flags.tls && flags.sni === undefined) {
      throw new UsageError("--tls over a Unix socket needs --sni NAME");
    }
    if (target !== undefined) {
      throw new UsageError(`--unix-socket takes the place of ${target}: leave one out`);
    }
    return flags.unixSocket;
  }
  if (target === undefined) {
    throw missingOperand("Cannot connect: no HOST:PORT was given", args, "raw example.com:25");
  }
  if (more.length > 0) {
    throw new UsageError(
      /^\d+$/.test(more[0]!) && /^[^:]+$/.test(target)
        ? `Cannot connect to ${target} ${more[0]}: write ${target}:${more[0]}`
        : `Cannot connect to ${more[0]} as well: write one server only`,
    );
  }
  const [, server] = /^[a-z]+:\/\/([^/?#@]+:\d+)(?:[/?#]|$)/i.exec(target) ?? [];
  if (server !== undefined) {
    throw new UsageError(`Cannot connect to "${target}": it is a URL, write the server alone, ${server}`);
  }
  parseUsage(() => parseHostPort(target));
  return target;
}

async function pass(data: Uint8Array, output: RawOutput, stop: AbortController): Promise<void> {
  await output.write(data);
  if (output.broken) stop.abort();
}

interface Source {
  readonly send: NonNullable<RawOptions["send"]>;
  /** True if a person types the octets to send. */
  readonly typed: boolean;
}

async function chooseSource({ send, after, sendFile, crlf }: RawFlags, io: CommandIo): Promise<Source> {
  if (after.length > send.length) {
    throw new UsageError(`--after is given ${after.length} times, but --send ${send.length}`);
  }
  if (after.length > 0) return { send: makeTurns(send, after), typed: false };
  if (send.length > 0) return { send: joinOctets(send), typed: false };
  if (sendFile === undefined || sendFile === "-") {
    const pieces = readPieces(io.stdin, "stdin");
    return { send: crlf ? withCrlf(pieces) : pieces, typed: Deno.stdin.isTerminal() };
  }
  const file = await readInputFile(sendFile, io.stdin);
  return { send: crlf ? toCrlf(file, 0).bytes : file, typed: false };
}

function makeTurns(send: readonly Uint8Array[], after: readonly Uint8Array[]): RawTurn[] {
  return send.map((octets, index) => ({ send: octets, after: after[index] }));
}

async function* withCrlf(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let last = 0;
  for await (const piece of source) {
    const converted = toCrlf(piece, last);
    last = converted.last;
    yield converted.bytes;
  }
}

/**
 * Puts a CR before each LF that lacks one. `last` is the octet before the piece; the result contains the last
 * octet of the piece.
 */
function toCrlf(bytes: Uint8Array, last: number): { bytes: Uint8Array; last: number } {
  const octets: number[] = [];
  let before = last;
  for (const octet of bytes) {
    if (octet === LF && before !== CR) octets.push(CR);
    octets.push(octet);
    before = octet;
  }
  return { bytes: Uint8Array.from(octets), last: before };
}

async function readReach(
  flags: RawFlags,
  io: CommandIo,
): Promise<Pick<RawOptions, "family" | "unixSocket" | "denyPrivate" | "tls">> {
  const { ipv4, ipv6, unixSocket, denyPrivate, tls, cert } = flags;
  if (cert !== undefined && !tls) throw new UsageError("--cert needs --tls as well");
  return {
    family: ipv4 ? 4 : ipv6 ? 6 : undefined,
    unixSocket,
    denyPrivate,
    tls: tls ? await readTls(flags, io) : undefined,
  };
}

async function readTls(
  { sni, alpn, insecure, cacert, cert, key }: RawFlags,
  io: CommandIo,
): Promise<RawTlsOptions> {
  return {
    verify: !insecure,
    sni,
    alpn,
    ...await readTlsFiles({ cacert, cert, key }, io),
  };
}
