/**
 * Loads the modules that a target of a batch may need, before the first one starts.
 *
 * @module
 */

import { prepareHop } from "../probe/hop.ts";
import { ContentSink } from "../probe/content_sink.ts";
import type { SettledTarget } from "../target/target.ts";

/** A target that needs everything: the resolver and TLS. */
const NEEDS_EVERYTHING: SettledTarget = {
  input: "",
  scheme: "https",
  host: "name.invalid",
  port: 443,
  path: "/",
};

/**
 * Loads the resolver, TLS and the other modules that a single probe loads on demand. During a batch, loading would
 * count in the times of all running targets, and it would fail if no file descriptor were left to read a module.
 */
export async function preload(): Promise<void> {
  await prepareHop(NEEDS_EVERYTHING, { keepRequest: true, listenFirst: 0 });
  await ContentSink.open({ keepSha256: true });
  await import("../probe/redirect_trail.ts");
  await import("../probe/decode_content.ts");
  await import("node:zlib");
}
