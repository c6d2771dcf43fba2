/**
 * Wraps each of the compared parsers in a function of the same type.
 *
 * @module
 */

import { HTTPParser as Llhttp } from "node:_http_common";
import { HTTPParser as HttpParserJs } from "./_http_parser_js.ts";
import { ResponseReader } from "../lib/http/response_reader.ts";

/** The data that each parser must return. */
export interface ParsedMessage {
  readonly version: string;
  readonly status: number;
  readonly reason: string;
  /** Name, value, name, value, … */
  readonly headers: readonly string[];
  /** Number of octets of content. */
  readonly octets: number;
  readonly trailers: readonly string[];
  readonly complete: boolean;
}

/** A parser. */
export interface ParserSubject {
  readonly name: string;
  readonly parse: (pieces: readonly Uint8Array[]) => ParsedMessage;
}

/** The interface of Node's llhttp binding. http-parser-js has the same. */
interface CallbackParser {
  [callback: number]: unknown;
  execute(bytes: Uint8Array): unknown;
}

interface Callbacks {
  readonly kOnHeaders: number;
  readonly kOnHeadersComplete: number;
  readonly kOnBody: number;
  readonly kOnMessageComplete: number;
}

/**
 * Drives a parser through callbacks, and reuses it for all messages, as Node's pool does.
 *
 * @param reset Prepares the parser for the next message
 */
function callbackSubject(
  name: string,
  parser: CallbackParser,
  options: {
    readonly names: Callbacks;
    readonly reset: () => void;
    readonly bodyLength: (args: unknown[]) => number;
  },
): ParserSubject {
  const { names, reset, bodyLength } = options;
  let version = "";
  let status = 0;
  let reason = "";
  let headers: string[] = [];
  let trailers: string[] = [];
  let octets = 0;
  let complete = false;
  let inHead = true;
  // If the fields do not fit into one call, the parser makes several calls.
  const onHeaders = (more: string[]): void => {
    if (inHead) headers = headers.length === 0 ? more : headers.concat(more);
    else trailers = trailers.length === 0 ? more : trailers.concat(more);
  };
  const onHeadersComplete = (
    major: number,
    minor: number,
    rest: string[] | undefined,
    _method: unknown,
    _url: unknown,
    code: number,
    message: string,
  ): number => {
    if (rest) onHeaders(rest);
    inHead = false;
    version = `${major}.${minor}`;
    status = code;
    reason = message;
    return 0;
  };
  const install = (): void => {
    parser[names.kOnHeaders] = onHeaders;
    parser[names.kOnHeadersComplete] = onHeadersComplete;
    parser[names.kOnBody] = (...args: unknown[]) => {
      octets += bodyLength(args);
    };
    parser[names.kOnMessageComplete] = () => {
      complete = true;
    };
  };
  reset();
  install();
  return {
    name,
    parse(pieces) {
      headers = [];
      trailers = [];
      octets = 0;
      complete = false;
      inHead = true;
      reset();
      for (const piece of pieces) {
        const result = parser.execute(piece);
        if (result instanceof Error) throw result;
      }
      return { version, status, reason, headers, octets, trailers, complete };
    },
  };
}

function llhttpSubject(): ParserSubject {
  const parser = new Llhttp();
  return callbackSubject("llhttp", parser, {
    names: Llhttp,
    reset: () => parser.initialize(Llhttp.RESPONSE, {}),
    bodyLength: ([bytes]) => (bytes as Uint8Array).length,
  });
}

function httpParserJsSubject(): ParserSubject {
  // After this constant has been read, callbacks get the arguments that they have in current versions of
  // Node.
  Reflect.get(HttpParserJs, "kOnExecute");
  const parser = new HttpParserJs(HttpParserJs.RESPONSE);
  // The type declarations list the callbacks, but do not allow setting others.
  return callbackSubject("http-parser-js", parser as unknown as CallbackParser, {
    names: HttpParserJs,
    reset: () => parser.initialize(HttpParserJs.RESPONSE),
    bodyLength: ([, , length]) => length as number,
  });
}

function parseOurs(pieces: readonly Uint8Array[]): ParsedMessage {
  let octets = 0;
  const reader = new ResponseReader({
    onBody: (data) => {
      octets += data.length;
    },
  });
  for (const piece of pieces) reader.receive(piece);
  const response = reader.responses[0]!;
  const { version, status, reason, headers, body } = response;
  return {
    version,
    status,
    reason,
    headers: flatten(headers),
    octets,
    trailers: flatten(body.trailers),
    complete: body.complete,
  };
}

function flatten(fields: readonly (readonly [string, string])[]): string[] {
  const flat: string[] = [];
  for (const [name, value] of fields) flat.push(name, value);
  return flat;
}

/** All parsers; sonde's own comes first. */
export const parserSubjects: readonly ParserSubject[] = [
  { name: "ours", parse: parseOurs },
  llhttpSubject(),
  httpParserJsSubject(),
];
