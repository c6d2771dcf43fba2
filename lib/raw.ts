/**
 * Sends octets to any server over TCP or TLS and gives the octets that come back.
 *
 * @example Usage
 * ```ts
 * import { exchangeRaw } from "https://deno.land/x/sonde/lib/raw.ts";
 *
 * using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
 * const serving = listener.accept().then(async (connection) => {
 *   await connection.write(new TextEncoder().encode("220 ready\r\n"));
 *   connection.close();
 * });
 * const { data } = await exchangeRaw(`127.0.0.1:${listener.addr.port}`);
 * await serving;
 * const greeting = new TextDecoder().decode(data);
 * if (greeting !== "220 ready\r\n") throw new Error(`another greeting: ${greeting}`);
 * ```
 *
 * @module
 */

export { exchangeRaw, parseHostPort } from "./raw/exchange_raw.ts";
export type { RawOptions, RawResult, RawStop, RawTlsOptions, RawTurn } from "./raw/raw_result.ts";
export { parseEscapedText } from "./raw/escaped_text.ts";
export type { ConnectToRule, ReachOptions, ResolveRule } from "./probe/options.ts";
export type * from "./result.ts";
export type * from "./wire/wire_event.ts";
