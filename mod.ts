/**
 * sonde shows what a web server really does on the wire.
 *
 * This entry exports everything that the narrow entries export. A script that needs less starts faster with a narrow
 * entry, for instance `https://deno.land/x/sonde/lib/probe.ts`. Probing needs only `--allow-net`.
 *
 * @example Usage
 * ```ts
 * import { formatResult, probe } from "https://deno.land/x/sonde/mod.ts";
 *
 * await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => new Response("hi"));
 * const result = await probe(`http://127.0.0.1:${server.addr.port}/`);
 * if (!result.ok) throw new Error(formatResult(result));
 * ```
 *
 * @module
 */

export * from "./lib/probe.ts";
export * from "./lib/http.ts";
export * from "./lib/batch.ts";
export * from "./lib/conn.ts";
export * from "./lib/expect.ts";
export * from "./lib/report.ts";
export * from "./lib/watch.ts";
export * from "./lib/raw.ts";
export * from "./lib/download.ts";
