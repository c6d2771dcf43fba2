/**
 * Connects for several requests. Nothing of sessions is loaded before, because most scripts have none.
 *
 * @module
 */

import { type Target, toTarget } from "../target/target.ts";
import { checkOptions } from "../text/check_options.ts";
import type { Session } from "./session.ts";
import type { SessionOptions } from "./session_options.ts";

/**
 * Connects to a server and keeps the connection for several requests, each with a complete result. The first octet of
 * HTTP is sent with the first request.
 *
 * A failed connection does not throw: `session.error` gives the reason, and each request gives a result with that
 * error. A session never reconnects: once the connection has ended, requests fail with the kind `closed`. Redirects are
 * shown, not followed.
 *
 * @param target A URL or host as {@linkcode parseTarget} reads it, or the target that it gave
 * @throws {SyntaxError} If the target is no URL and no host
 * @throws {TypeError} If an option does not exist, or the options make no valid request
 * @throws {RangeError} If a limit is not above 0
 *
 * @example Usage
 * ```ts
 * import { connect } from "https://deno.land/x/sonde/lib/probe.ts";
 * import assert from "node:assert/strict";
 *
 * await using server = Deno.serve(
 *   { hostname: "127.0.0.1", port: 0, onListen() {} },
 *   (request) => new Response(`${request.method} ${new URL(request.url).pathname}`),
 * );
 * await using session = await connect(`http://127.0.0.1:${server.addr.port}/`, { keepText: true });
 * const one = await session.request({ path: "/a" });
 * const two = await session.request({ path: "/b", method: "POST", body: "hi" });
 * assert.deepEqual([one.body?.text, two.body?.text], ["GET /a", "POST /b"]);
 * assert.deepEqual([one.connection?.reused, two.connection?.reused], [false, true]);
 * ```
 */
export async function connect(
  target: string | URL | Target,
  options: SessionOptions = {},
): Promise<Session> {
  const [{ openSession }, { SESSION_OPTION_NAMES }] = await Promise.all([
    import("./open_session.ts"),
    import("./session_options.ts"),
  ]);
  checkOptions(options, SESSION_OPTION_NAMES);
  return await openSession(toTarget(target), options);
}
