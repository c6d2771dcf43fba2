/**
 * Loads what a target of a batch may need, before the first one is begun.
 *
 * @module
 */

import { prepareHop } from "../probe/hop.ts";
import { ContentSink } from "../probe/content_sink.ts";
import type { SettledTarget } from "../target/target.ts";

/** A target that needs everything: a resolver and TLS. */
const DEMANDING: SettledTarget = { input: "", scheme: "https", host: "name.invalid", port: 443, path: "/" };

/**
 * Loads resolver, TLS and whatever else a single probe loads when it needs it. In the middle of a batch that would go into
 * the times of all targets under way, and fail when there is no file descriptor left to read a module with.
 */
export async function preload(): Promise<void> {
  await prepareHop(DEMANDING, { keepRequest: true, listenFirst: 0 });
  await ContentSink.open({ keepSha256: true });
  await import("../probe/redirect_trail.ts");
  await import("../probe/decode_content.ts");
  await import("node:zlib");
}
