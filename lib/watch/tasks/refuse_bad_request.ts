/**
 * Mistakes of a task file that are requests nobody can send.
 *
 * @module
 */

import { composeRequest } from "../../probe/compose_request.ts";
import type { ProbeOptions } from "../../probe/options.ts";
import { parseTarget, settleTarget } from "../../target/target.ts";
import type { EntryReader } from "./entry_reader.ts";
import type { Secrets } from "./secrets.ts";

/**
 * Takes down what cannot be sent: a request that cannot be written is a mistake of the file, not of the server. A
 * password in the URL is a secret from then on.
 */
export function refuseBadRequest(
  reader: EntryReader,
  url: string,
  { options = {}, secrets }: { options?: ProbeOptions; secrets: Secrets },
): void {
  if (url === "") return;
  reader.attempt("url", () => {
    const target = parseTarget(url);
    secrets.add(target.credentials?.password ?? "");
    reader.attempt("request", () => composeRequest(settleTarget(target, "http"), options));
  });
}
