/**
 * Compares the readers of chunked coding and field sections with simple models that read the whole text at once.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import fc from "../fast_check.ts";
import { decodeLatin1, encodeLatin1 } from "../../lib/http/octets.ts";
import { outcomeOf } from "../http/_outcome.ts";
import { defineProperty, type Property } from "./_property.ts";
import { mutations } from "./_wire.ts";

const CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
const STATUS_LINE = "HTTP/1.1 200 OK\r\n";
const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

const extension = fc.constantFrom(
  "",
  "",
  ";a",
  ";a=b",
  ' ; a = "b;\\" c"',
  ";a;b=c",
  " ",
  "\t",
  ";a ",
  ";",
  ";=b",
  ' "',
);
const chunkedBody = fc.tuple(
  fc.array(fc.tuple(fc.string({ unit: "binary-ascii", minLength: 1, maxLength: 20 }), extension), {
    maxLength: 5,
  }),
  extension,
  fc.constantFrom("", "A: b\r\n", "A: b\r\n c\r\n"),
  fc.constantFrom("", "", "", "1fffffffffffff\r\nx", "20000000000000\r\nx", "10000000000000005\r\nhello\r\n"),
).map(([chunks, last, trailers, vast]) => {
  const written = chunks.map(([data, more]) => `${data.length.toString(16)}${more}\r\n${data}\r\n`);
  return `${written.join("")}${vast}0${last}\r\n${trailers}\r\n`;
});

const QUOTED = '"(?:[\\t\\x20\\x21\\x23-\\x5b\\x5d-\\x7e\\x80-\\xff]|\\\\[\\t\\x20-\\x7e\\x80-\\xff])*"';
const SIZE_LINE = new RegExp(
  `^([0-9A-Fa-f]+)(?:(?:[ \\t]*;[ \\t]*${TOKEN}(?:[ \\t]*=[ \\t]*(?:${TOKEN}|${QUOTED}))?)*)[ \\t]*\\r\\n`,
);

/** Reads the data of all chunks, and finds the start of the trailer section if it is reached. */
function readChunks(text: string): { content: string; trailersAt: number | undefined } {
  let [content, at] = ["", 0];
  while (true) {
    const line = SIZE_LINE.exec(text.slice(at));
    const size = line === null ? 0n : BigInt(`0x${line[1]}`);
    if (line === null || size > 2n ** 53n - 1n) return { content, trailersAt: undefined };
    at += line[0].length;
    if (size === 0n) return { content, trailersAt: at };
    const data = text.slice(at, at + Number(size));
    content += data;
    at += data.length;
    if (text.slice(at, at + 2) !== "\r\n") return { content, trailersAt: undefined };
    at += 2;
  }
}

const fieldLine = fc.tuple(
  fc.constantFrom("A", "b-c", "Server", "", "a b", "\x80"),
  fc.constantFrom(":", ": ", " : ", ":\t", ""),
  fc.constantFrom("", "x", "x y ", '"z"', "\xe9", "\x01", "\0"),
  fc.constantFrom("\r\n", "\r\n", "\r\n", "\n", "\r\n ", "\r\n\t\t", "\r"),
).map((parts) => parts.join(""));
const fieldSection = fc.array(fieldLine, { maxLength: 6 }).map((lines) => `${lines.join("")}\r\n`);

/** Reads the fields in a text, and notes whether they ended with an empty line. */
function readFields(text: string): { fields: [string, string][]; complete: boolean } {
  const fields: [string, string][] = [];
  const trim = (value: string): string => value.replace(/^[ \t]+|[ \t]+$/g, "");
  for (const whole of text.split("\n").slice(0, -1)) {
    const line = whole.replace(/\r$/, "");
    if (line === "") return { fields, complete: true };
    const [, name, value] = new RegExp(`^(${TOKEN})[ \\t]*:([^]*)$`).exec(line) ?? [];
    const before = fields.at(-1);
    if (/[\0\r]/.test(line)) break;
    if (/^[ \t]/.test(line)) {
      if (before === undefined) break;
      before[1] = [before[1], trim(line)].filter((part) => part !== "").join(" ");
    } else if (name !== undefined && value !== undefined) fields.push([name, trim(value)]);
    else break;
  }
  return { fields, complete: false };
}

/** In the order of `--help`. */
export const bodyProperties: readonly Property[] = [
  defineProperty({
    name: "chunked-model",
    claim: "ResponseReader decodes chunked content by the grammar, up to the first fault",
    input: fc.oneof(chunkedBody, mutations(chunkedBody)),
    runs: 2000,
    row: (body) => ({ wire: CHUNKED + body }),
    check(body) {
      const outcome = outcomeOf([encodeLatin1(CHUNKED + body)]);
      const { content, trailersAt } = readChunks(body);
      const [response] = outcome.responses;
      assertEquals(decodeLatin1(response!.content), content);
      const position = outcome.failure?.offset ?? Infinity;
      const passed = outcome.failure?.code !== "truncated-chunked" &&
        position >= CHUNKED.length + (trailersAt ?? Infinity);
      const truncated = outcome.failure?.code === "truncated-chunked" && trailersAt !== undefined;
      assertEquals(passed || truncated || response!.body.complete, trailersAt !== undefined);
    },
  }),
  defineProperty({
    name: "field-section-model",
    claim: "ResponseReader reads field lines by the grammar, up to the first fault",
    input: fc.oneof(fieldSection, mutations(fieldSection)),
    runs: 2000,
    row: (section) => ({ wire: STATUS_LINE + section, requests: ["HEAD"] }),
    check(section) {
      const outcome = outcomeOf([encodeLatin1(STATUS_LINE + section)], { requests: ["HEAD"] });
      const { fields, complete } = readFields(section);
      const [response] = outcome.responses;
      assertEquals(response !== undefined, complete);
      assertEquals(response?.headers ?? outcome.partialHead.headers, fields);
    },
  }),
];
