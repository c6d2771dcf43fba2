/**
 * `sonde parse [FILE]`: reads captured octets as a probe would.
 *
 * @module
 */

import type { Formatter } from "../../../report/formatter.ts";
import { chosenFormat, loadFormatter } from "../../output/formats.ts";
import { parseRequests } from "../../../http/parse_request.ts";
import { type CapturedConnection, isWireCapture, readWireCapture } from "../../../wire/wire_capture.ts";
import { ExitTally } from "../../exit_code.ts";
import type { ParseFlags } from "./flags.ts";
import type { ParsedFlags } from "../../flags/parse_flags.ts";
import { readInputFile } from "../../input_file.ts";
import type { CommandIo } from "../../io.ts";
import { LocalFault } from "../../local_fault.ts";
import { formatParsed } from "./view.ts";
import { type Capture, type ParsedMessage, readRequests, readResponses } from "./message.ts";
import { UsageError } from "../../usage_error.ts";

const BRACE = 0x7b;
const LF = 0x0a;

/**
 * Parses a file, or stdin without an operand.
 *
 * @returns The exit code: 1 if a message is incomplete or broken.
 * @throws {UsageError} If more than one file is named, or the file holds saved rows, or `--end` contradicts a wire capture.
 * @throws {LocalFault} If the file cannot be read, or is a wire capture with a broken line.
 */
export async function runParse(args: ParsedFlags<ParseFlags>, io: CommandIo): Promise<number> {
  const { flags, operands } = args;
  const [input = "-", ...more] = operands;
  if (more.length > 0) throw new UsageError(`Cannot parse ${more[0]} as well: write one file only`);
  const bytes = await readInputFile(input, io.stdin);
  refuseSavedRows(input, bytes);
  const messages = await readMessages(input, bytes, flags);
  const formatter = await loadFormatter("messages", chosenFormat(flags)) ?? await textFormatter(flags, io);
  const tally = new ExitTally();
  for (const message of messages) {
    tally.add({ ok: message.ok });
    if (io.stdout.broken || io.signal.aborted) break;
    if (flags.quiet) continue;
    await io.stdout.write(formatter.row(flags.body ? message : withoutText(message)));
  }
  return tally.code(io.signal.aborted);
}

/** Refuses rows that `--json` saved, which hold no octets of a message. */
function refuseSavedRows(input: string, bytes: Uint8Array): void {
  if (isWireCapture(bytes) || bytes[0] !== BRACE) return;
  const end = bytes.indexOf(LF);
  try {
    const row = JSON.parse(new TextDecoder().decode(end === -1 ? bytes : bytes.subarray(0, end)));
    if (!("input" in row || "url" in row)) return;
  } catch {
    // These are octets of some other kind.
    return;
  }
  throw new UsageError(`Cannot parse ${input}: it holds rows that --json saved; write sonde show ${input}`);
}

/** Separates two messages by an empty line. */
async function textFormatter(flags: ParseFlags, io: CommandIo): Promise<Formatter<ParsedMessage>> {
  const view = { width: io.width, paint: await io.paintFor(io.stdout), verbose: flags.verbose };
  let separator = "";
  return {
    begin: () => "",
    row: (message) => {
      const text = `${separator}${formatParsed(message, view, { body: flags.body })}\n`;
      separator = "\n";
      return text;
    },
    end: () => "",
  };
}

async function readMessages(input: string, bytes: Uint8Array, flags: ParseFlags): Promise<ParsedMessage[]> {
  const { method, request, end, maxHead, body: keepText } = flags;
  if (!isWireCapture(bytes)) {
    const capture = { input, bytes, methods: method ?? ["GET"], end: end ?? "fin", maxHead, keepText };
    return request ? readRequests(capture) : await readResponses(capture);
  }
  const messages: ParsedMessage[] = [];
  for (const { connection, sent, received, end: last } of readConnections(input, bytes)) {
    const seen = endOfStream(last);
    if (end !== undefined && seen !== "open" && seen !== end) {
      throw new UsageError(`--end ${end}: the capture has ${seen} for connection ${connection}`);
    }
    const capture = { input, connection, maxHead, keepText };
    if (request) {
      // sonde shows nothing for a connection on which nothing was sent.
      if (sent.length > 0) messages.push(...readRequests({ ...capture, bytes: sent }));
      continue;
    }
    const asked = method ?? parseRequests(sent).requests.map((parsed) => parsed.method);
    // sonde shows nothing for a connection without requests and received octets.
    if (received.length === 0 && asked.length === 0) continue;
    const responses = { ...capture, bytes: received, methods: asked, end: end ?? seen } satisfies Capture;
    messages.push(...await readResponses(responses));
  }
  return messages;
}

function readConnections(input: string, bytes: Uint8Array): ReturnType<typeof readWireCapture> {
  try {
    return readWireCapture(new TextDecoder().decode(bytes));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new LocalFault(`Cannot read ${input}, ${error.message}`, { cause: error });
  }
}

/**
 * Gives the end of the response stream. If our side closed, the stream stays open, since more octets might
 * have come.
 */
function endOfStream(end: CapturedConnection["end"]): Capture["end"] {
  if (end === undefined || end.by === "us" || end.how === "closed") return "open";
  return end.how === "close-notify" ? "fin" : end.how;
}

function withoutText(message: ParsedMessage): ParsedMessage {
  if (message.body === undefined) return message;
  const { text: _, ...body } = message.body;
  return { ...message, body };
}
