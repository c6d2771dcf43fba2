/**
 * Finds requests in a task file that cannot be sent.
 *
 * @module
 */

import { composeRequest } from "../../probe/compose_request.ts";
import type { ProbeOptions } from "../../probe/options.ts";
import { parseTarget, settleTarget } from "../../target/target.ts";
import type { EntryReader } from "./entry_reader.ts";
import type { Secrets } from "./secrets.ts";

/**
 * Reports a request that cannot be sent: it is a mistake of the file, not of the server. A password in the URL becomes
 * a secret.
 */
export function refuseBadRequest(
  reader: EntryReader,
  url: string,
  { options = {}, secrets }: { options?: ProbeOptions; secrets: Secrets },
): void {
  if (url === "") return;
  reader.attempt("url", () => {
    const target = parseTarget(url);
    if (target.credentials !== undefined) secrets.addPassword(target.credentials);
    reader.attempt("request", () => composeRequest(settleTarget(target, "http"), options));
  });
}
