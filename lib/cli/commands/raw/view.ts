/**
 * Formats raw octets as a hex dump or as text, and summarises the connection.
 *
 * @module
 */

import type { RawResult, RawStop } from "../../../raw/exchange_raw.ts";
import type { ConnectionEnd, TlsFacts } from "../../../result.ts";
import { formatHexDump } from "../../../report/hex_dump.ts";
import { formatCount, formatQuantity } from "../../../text/count.ts";
import { formatDuration } from "../../../text/duration.ts";
import { layOut, type Span, type View } from "../../../text/layout.ts";
import { describePeerEnd } from "../../../wire/describe_event.ts";
import { layOutAdvice } from "../../../report/text/error.ts";
import { TextDump } from "../../../report/text_dump.ts";
import { formatEndpoint } from "../../../report/text/request.ts";

/** Turns octets into printable text, piece by piece. */
export interface OctetView {
  push(bytes: Uint8Array): string;
  end(): string;
}

/** A hex dump with offsets from the first piece on. */
export class HexView implements OctetView {
  #offset = 0;

  /** Formats the lines of one piece. */
  push(bytes: Uint8Array): string {
    const text = formatHexDump(bytes, this.#offset);
    this.#offset += bytes.length;
    return text;
  }

  /** Gives no text, since a hex dump holds nothing back. */
  end(): string {
    return "";
  }
}

/** Escaped text that ends with a line end. */
export class TextView implements OctetView {
  readonly #dump = new TextDump();
  #last = "\n";

  /** Formats one piece, except an incomplete character at its end. */
  push(bytes: Uint8Array): string {
    return this.#note(this.#dump.push(bytes));
  }

  /** Formats the rest, and adds a missing line end. */
  end(): string {
    const text = this.#note(this.#dump.end());
    return this.#last === "\n" ? text : `${text}\n`;
  }

  #note(text: string): string {
    this.#last = text.at(-1) ?? this.#last;
    return text;
  }
}

const STOPS: Readonly<Record<Exclude<RawStop, "peer" | "error">, string>> = {
  silence: "after a silence",
  "max-received": "at the limit of --max-received",
  until: "at the text of --until",
};

function describeTls({ version = "TLS", verified, askedToRenegotiate }: TlsFacts): string {
  const asked = askedToRenegotiate ? ", asked to renegotiate and was refused" : "";
  return `, ${version}${verified ? "" : " (not verified)"}${asked}`;
}

/** Says to a person at a terminal what sonde waits for: nothing happens before a line is typed. */
export function describeTyping({ crlf }: { readonly crlf: boolean }): string {
  const end = crlf ? "with CRLF" : "with LF alone (--crlf sends CRLF)";
  return `type what to send: each line goes to the server ${end}; Ctrl-D ends the input, Ctrl-C the run`;
}

/** Formats a summary: who closed the connection, how and when, and the number of octets in each direction. */
export function formatRawSummary(result: RawResult, view: View): string {
  const { error, connection, end, sent, received, early = 0, timings, stop, tls } = result;
  const lines: string[] = [];
  if (error) {
    const fault = error.by === "local" ? "a local fault" : `fault of the ${error.by}`;
    lines.push(
      ...layOut([["bad", `FAILED: ${error.kind}`], ` (${fault}): ${withoutCounts(error.message)}`], view),
    );
    lines.push(...layOutAdvice(error, view));
  }
  if (connection && end) {
    const handshake = tls === undefined ? "" : describeTls(tls);
    const when = end.after === undefined ? "" : `, ${formatDuration(end.after)} after the last octet`;
    // The error says that the peer reset the connection.
    const ending: Span[] = [["heading", error?.kind === "reset" ? "RST" : describeEnd(end, stop)], when];
    lines.push(
      ...layOut(
        [
          `${formatEndpoint(connection.peer)}${handshake}: sent ${formatQuantity(sent, "octet")}, received ${
            formatQuantity(received, "octet")
          }${early > 0 ? ` (${formatCount(early)} before anything was sent)` : ""}; `,
          ...ending,
        ],
        view,
      ),
    );
  }
  const { dns, connect, tls: handshake, wait, total } = timings;
  const phases = Object.entries({ dns, connect, tls: handshake, wait, total })
    .flatMap(([name, ms]) => ms === undefined ? [] : [`${name} ${formatDuration(ms)}`]);
  lines.push(...layOut([["dim", phases.join(", ")]], view));
  return lines.join("\n");
}

/** The line below the error counts the octets. */
function withoutCounts(message: string): string {
  return message.replace(/ after [0-9,]+ octets? sent and [0-9,]+ received$/, "");
}

function describeEnd({ by, how, fin }: ConnectionEnd, stop: RawStop | undefined): string {
  if (by === "us") {
    return `closed by sonde${stop && stop !== "peer" && stop !== "error" ? ` ${STOPS[stop]}` : ""}`;
  }
  switch (how) {
    case "close-notify":
      return `ended by the peer with close_notify${
        fin === undefined ? "" : fin ? ", FIN seen" : ", no FIN seen"
      }`;
    case "rst":
    case "tls-truncated":
    case "fin":
    case "closed":
      return describePeerEnd(how);
    case "open":
      return describePeerEnd("closed");
  }
}
