/**
 * Changes the spelling of messages: each change adds certain deviations and leaves the message unchanged.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import type { DeviationCode } from "../../lib/http/deviation.ts";
import { encodeLatin1 } from "../../lib/http/octets.ts";
import { encodeMessage, type Message, message } from "../http/_arbitraries.ts";
import { outcomeOf, type ReadOutcome } from "../http/_outcome.ts";
import { defineProperty, type Property } from "./_property.ts";

interface Transform {
  readonly name: string;
  readonly what: string;
  /** Changes wire text; `undefined` if the change does not apply. */
  readonly change: (wire: string, sent: Message) => string | undefined;
  /** The codes of the deviations that it adds. */
  readonly adds: readonly DeviationCode[];
}

const LENGTH = /Content-Length: ([0-9]+)\r\n/;

function inHead(wire: string, change: (head: string) => string): string {
  const end = wire.indexOf("\r\n\r\n") + 4;
  return change(wire.slice(0, end)) + wire.slice(end);
}

const unlessChunked = (change: (wire: string) => string): Transform["change"] => (wire, sent) =>
  sent.chunks ? undefined : change(wire);

const ifChunked = (change: (wire: string, sent: Message) => string): Transform["change"] => (wire, sent) =>
  sent.chunks ? change(wire, sent) : undefined;

const transforms: readonly Transform[] = [
  {
    name: "lf-head",
    what: "CRLF → LF in the head",
    change: (wire) => inHead(wire, (head) => head.replaceAll("\r\n", "\n")),
    adds: ["bare-lf"],
  },
  {
    name: "empty-line",
    what: "an empty line first",
    change: (wire) => "\r\n" + wire,
    adds: ["leading-crlf"],
  },
  {
    name: "fold",
    what: "the first SP of a value → CRLF SP",
    change: (wire, { fields }) => {
      const field = fields.find(([, value]) => /^[^ \t]+ [^ \t]/.test(value));
      if (!field) return undefined;
      const line = `${field[0]}: ${field[1]}\r\n`;
      return wire.replace(line, () => `${field[0]}: ${field[1].replace(" ", "\r\n ")}\r\n`);
    },
    adds: ["obs-fold"],
  },
  {
    name: "length-twice",
    what: "the length line twice",
    change: unlessChunked((wire) => wire.replace(LENGTH, "$&$&")),
    adds: ["duplicate-content-length"],
  },
  {
    name: "length-list",
    what: "N → N, N",
    change: unlessChunked((wire) => wire.replace(LENGTH, "Content-Length: $1, $1\r\n")),
    adds: ["content-length-list"],
  },
  {
    name: "te-and-cl",
    what: "a length added to a chunked message",
    change: ifChunked((wire) => wire.replace("Transfer-Encoding", "Content-Length: 3\r\n$&")),
    adds: ["te-and-cl"],
  },
  {
    name: "no-reason-space",
    what: "no SP after the status",
    change: (wire, { reason, status }) =>
      reason === "" ? wire.replace(`${status} \r\n`, `${status}\r\n`) : undefined,
    adds: ["missing-reason-space"],
  },
  {
    name: "blank-before-colon",
    what: "SP before the first colon",
    change: (wire) => wire.replace(/^([^\r]*\r\n[^:\r]+):/, "$1 :"),
    adds: ["ows-before-colon"],
  },
  {
    name: "chunk-extension",
    what: "an extension on the last chunk",
    change: ifChunked((wire, { trailers }) => {
      const end = trailers.map(([name, value]) => `${name}: ${value}\r\n`).join("") + "\r\n";
      return wire.slice(0, -end.length - 3) + "0;a=b\r\n" + end;
    }),
    adds: ["chunk-extension"],
  },
  {
    name: "re-chunking",
    what: "re-chunking",
    change: ifChunked((_, sent) => encodeMessage({ ...sent, chunks: [1, 2, 3] })),
    adds: [],
  },
  {
    name: "hex-digits",
    what: "upper-case hex digits with leading zeros",
    change: ifChunked((_, sent) =>
      encodeMessage(sent, (size) => size.toString(16).toUpperCase().padStart(4, "0"))
    ),
    adds: [],
  },
  {
    name: "length-zeros",
    what: "leading zeros of a length",
    change: unlessChunked((wire) => wire.replace(LENGTH, "Content-Length: 000$1\r\n")),
    adds: [],
  },
  {
    name: "case",
    what: "the case of framing fields and of chunked",
    change: (wire) =>
      wire.replace("Content-Length", "CONTENT-lENGTH").replace(
        "Transfer-Encoding: chunked",
        "tRANSFER-eNCODING: CHUNKED",
      ),
    adds: [],
  },
];

/** Reads the message itself, independent of framing and spelling. */
function essence(outcome: ReadOutcome): unknown {
  return outcome.responses.map(({ status, headers, content, body }) => ({
    status,
    headers: headers.filter(([name]) => name.startsWith("x-")),
    content,
    trailers: body.trailers,
    complete: body.complete,
  }));
}

function codesOf(outcome: ReadOutcome): DeviationCode[] {
  return [...new Set(outcome.deviations.map(({ code }) => code))].sort();
}

/** In the order of `--help`. */
export const metamorphicProperties: readonly Property[] = transforms.map(({ name, what, change, adds }) =>
  defineProperty({
    name: `metamorphic-${name}`,
    claim: `ResponseReader: ${what} adds ${adds.join(", ") || "nothing"} and leaves the message alone`,
    input: message,
    check(sent) {
      const wire = encodeMessage(sent);
      const changed = change(wire, sent);
      if (changed === undefined) return false;
      const before = outcomeOf([encodeLatin1(wire)]);
      const after = outcomeOf([encodeLatin1(changed)]);
      assertEquals(after.state, "ended");
      assertEquals(essence(after), essence(before));
      assertEquals(codesOf(after), [...codesOf(before), ...adds].sort());
      return true;
    },
  })
);
