/**
 * Downloads the content of a URL to a file, with resume, progress and digest.
 *
 * @example Usage
 * ```ts
 * import { download } from "https://deno.land/x/sonde/lib/download.ts";
 *
 * await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => new Response("hello"));
 * const file = await Deno.makeTempFile();
 * const { ok, bytes } = await download(`http://127.0.0.1:${server.addr.port}/`, { file, overwrite: true });
 * await Deno.remove(file);
 * if (!ok || bytes !== 5) throw new Error(`${bytes} bytes`);
 * ```
 *
 * @module
 */

export { download } from "./download/download.ts";
export type { DownloadOptions, DownloadProgress } from "./download/download_options.ts";
export type { DownloadError, DownloadErrorKind, DownloadResult } from "./download/download_result.ts";
export type {
  ConnectToRule,
  LimitOptions,
  Linger,
  ProbeOptions,
  ReachOptions,
  RequestOptions,
  ResolveRule,
} from "./probe/options.ts";
export type { HeadersInput } from "./probe/header_changes.ts";
export type { FieldLine } from "./http/field_line.ts";
export type { LimitsInput, ReaderLimits } from "./http/limits.ts";
export type { Scheme, SettledTarget, Target } from "./target/target.ts";
export type * from "./result.ts";
export type * from "./wire/wire_event.ts";
