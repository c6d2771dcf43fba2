/**
 * What other parsers and clients make of octets that a server sends.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { HTTPParser } from "../../bench/_http_parser_js.ts";
import { encodeLatin1 } from "../../lib/http/octets.ts";
import { readWithLlhttp } from "../http/_llhttp.ts";
import { startPeer } from "../peer/peer.ts";

/** What a client made of a response: its content, or nothing if it refused the response. */
export interface Reading {
  readonly status: number;
  readonly content: string;
}

/** Milliseconds after which a client is taken to wait for ever. */
const LONGEST = 60_000;

/** llhttp, the parser of Node. */
export function readAsLlhttp(wire: string): Reading | undefined {
  return readWithLlhttp(encodeLatin1(wire));
}

/** http-parser-js, a parser in JavaScript with the interface of Node's. */
export function readAsHttpParserJs(wire: string): Reading | undefined {
  // Whoever has read this constant gets the arguments of today's Node.
  Reflect.get(HTTPParser, "kOnExecute");
  const parser = new HTTPParser(HTTPParser.RESPONSE);
  let status = 0;
  let content = "";
  let isComplete = false;
  // Its declarations name the callbacks one by one and leave out that others can be set.
  const callbacks = parser as unknown as Record<number, (...args: never[]) => unknown>;
  callbacks[HTTPParser.kOnHeaders] = () => {};
  callbacks[HTTPParser.kOnHeadersComplete] = (...args: readonly unknown[]) => {
    status = args[5] as number;
    return 0;
  };
  callbacks[HTTPParser.kOnBody] = (bytes: Uint8Array, offset: number, length: number) => {
    content += String.fromCharCode(...bytes.subarray(offset, offset + length));
  };
  callbacks[HTTPParser.kOnMessageComplete] = () => void (isComplete = true);
  const isRefused = (parser.execute(Buffer.from(wire, "latin1")) as unknown) instanceof Error ||
    (parser.finish() as unknown) instanceof Error;
  return isRefused || !isComplete ? undefined : { status, content };
}

/** `fetch()` of Deno, whose parser is that of hyper. */
export async function readWithFetch(wire: string): Promise<Reading | undefined> {
  await using peer = await startPeer([{ expect: "\r\n\r\n" }, { send: wire }]);
  using client = Deno.createHttpClient({ poolMaxIdlePerHost: 0 });
  try {
    const signal = AbortSignal.timeout(LONGEST);
    const response = await fetch(`http://127.0.0.1:${peer.port}/`, { client, signal, redirect: "manual" });
    const content = new Uint8Array(await response.arrayBuffer());
    return { status: response.status, content: String.fromCharCode(...content) };
  } catch {
    // Why it refuses is another story; that it does is all that is asked for.
    return undefined;
  }
}

/** curl, which has to be there. */
export async function readWithCurl(wire: string): Promise<Reading | undefined> {
  await using peer = await startPeer([{ expect: "\r\n\r\n" }, { send: wire }]);
  const { code, stdout } = await new Deno.Command("curl", {
    args: ["-q", "-sS", "--max-time", String(LONGEST / 1000)]
      .concat(`http://127.0.0.1:${peer.port}/`),
    stdin: "null",
    stderr: "piped",
  }).output();
  return code === 0 ? { status: 0, content: String.fromCharCode(...stdout) } : undefined;
}

/** The version of curl; `undefined` where it is not installed. */
export async function curlVersion(): Promise<string | undefined> {
  try {
    const { stdout } = await new Deno.Command("curl", { args: ["--version"] }).output();
    return /^curl (\S+)/.exec(new TextDecoder().decode(stdout))?.[1];
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
