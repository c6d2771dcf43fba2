/**
 * Sends one line to a server and prints its reply.
 *
 *     deno run --allow-net scripts/request_reply.ts 127.0.0.1:6379 PING
 *
 * @module
 */

import { exchangeRaw } from "../lib/raw.ts";
import { escapeText } from "../lib/report.ts";

if (import.meta.main) {
  const [target, ...words] = Deno.args;
  if (target === undefined) {
    console.error("Usage: request_reply.ts HOST:PORT [WORD…]");
    Deno.exit(2);
  }
  const send = words.length === 0 ? "" : `${words.join(" ")}\r\n`;
  try {
    const { ok, data, end, error } = await exchangeRaw(target, { send, silenceTimeout: 1000 });
    const lines = new TextDecoder().decode(data).split(/\r?\n/);
    for (const line of lines.filter((text) => text !== "")) console.log(escapeText(line));
    console.error(ok ? `the connection: ${end?.how} by ${end?.by}` : error?.message);
    Deno.exit(ok ? 0 : 1);
  } catch (error) {
    // exchangeRaw() throws only if the arguments are wrong.
    console.error((error as Error).message);
    Deno.exit(2);
  }
}
