/**
 * Reads responses with llhttp, the parser of Node, in its strict mode.
 *
 * @module
 */

import { HTTPParser } from "node:_http_common";

/** The result of llhttp for a stream; absent if it refused the stream. */
export interface LlhttpMessage {
  version: string;
  status: number;
  reason: string;
  /** Name, value, name, value, …; values without blanks at their edges. */
  headers: string[];
  content: string;
  trailers: string[];
  complete: boolean;
}

/** Reads the octets as one response to GET, up to the end of the stream. */
export function readWithLlhttp(bytes: Uint8Array): LlhttpMessage | undefined {
  const parser = new HTTPParser();
  parser.initialize(HTTPParser.RESPONSE, {});
  const message: LlhttpMessage = {
    version: "",
    status: 0,
    reason: "",
    headers: [],
    content: "",
    trailers: [],
    complete: false,
  };
  let inHead = true;
  let count = 0;
  parser[HTTPParser.kOnHeaders] = (fields: string[]): void => {
    (inHead ? message.headers : message.trailers).push(...fields);
  };
  parser[HTTPParser.kOnHeadersComplete] = (
    major: number,
    minor: number,
    fields: string[] | undefined,
    _method: unknown,
    _url: unknown,
    status: number,
    reason: string,
  ): number => {
    message.headers.push(...fields ?? []);
    inHead = false;
    count++;
    Object.assign(message, { version: `${major}.${minor}`, status, reason });
    return 0;
  };
  parser[HTTPParser.kOnBody] = (data: Uint8Array): void => {
    message.content += String.fromCharCode(...data);
  };
  parser[HTTPParser.kOnMessageComplete] = (): void => {
    message.complete = true;
  };
  const result: unknown = parser.execute(bytes.slice());
  if (result instanceof Error) return undefined;
  const end: unknown = parser.finish();
  if (end instanceof Error || !message.complete || count !== 1) return undefined;
  message.headers = trimmed(message.headers);
  message.trailers = trimmed(message.trailers);
  return message;
}

function trimmed(fields: readonly string[]): string[] {
  return fields.map((text) => text.replace(/^[ \t]+|[ \t]+$/g, ""));
}
