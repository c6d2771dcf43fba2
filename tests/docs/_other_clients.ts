/**
 * Reads responses with other parsers and clients.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { HTTPParser } from "../../bench/_http_parser_js.ts";
import { encodeLatin1 } from "../../lib/http/octets.ts";
import { readWithLlhttp } from "../http/_llhttp.ts";
import { startPeer } from "../peer/peer.ts";

/** The content that a client delivered; absent if it refused the response. */
export interface Reading {
  readonly status: number;
  readonly content: string;
}

/** Milliseconds after which a client counts as waiting forever. */
const LONGEST = 60_000;

/** llhttp, the parser of Node. */
export function readAsLlhttp(wire: string): Reading | undefined {
  return readWithLlhttp(encodeLatin1(wire));
}

/** http-parser-js, a parser in JavaScript with the interface of Node's. */
export function readAsHttpParserJs(wire: string): Reading | undefined {
  // Reading this constant switches to the arguments of the current Node.
  Reflect.get(HTTPParser, "kOnExecute");
  const parser = new HTTPParser(HTTPParser.RESPONSE);
  let status = 0;
  let content = "";
  let isComplete = false;
  // Its type declarations omit that other callbacks can be set.
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
    // Only the refusal matters, not its reason.
    return undefined;
  }
}

/** Reads a response with curl, which must be installed. */
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

/** Finds the version of curl; `undefined` if it is not installed. */
export async function curlVersion(): Promise<string | undefined> {
  try {
    const { stdout } = await new Deno.Command("curl", { args: ["--version"] }).output();
    return /^curl (\S+)/.exec(new TextDecoder().decode(stdout))?.[1];
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
