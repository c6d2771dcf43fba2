/**
 * Takes the content of a response as it comes, and keeps its text and digest on request.
 *
 * @module
 */

import type { Hash } from "node:crypto";
import { OctetStore } from "../http/octet_store.ts";
import type { ProbeResult } from "../result.ts";
import { addText } from "./content_text.ts";
import { PROBE_DEFAULTS } from "./defaults.ts";
import type { ContentTaker } from "./exchange.ts";

/** Options for the content of one response. */
export interface ContentOptions {
  readonly keepText?: boolean | undefined;
  readonly keepSha256?: boolean | undefined;
  readonly onBody?: ((data: Uint8Array) => void) | undefined;
  /** Maximum octets of content, before decoding and after it. */
  readonly maxBody?: number | undefined;
}

/** Keeps text and digest of content that comes in pieces, if the options ask for them. */
export class ContentSink implements ContentTaker {
  readonly maxBody: number;
  tooLarge = false;
  readonly #options: ContentOptions;
  readonly #kept = new OctetStore();
  readonly #hash: Hash | undefined;
  #taken = 0;

  constructor(options: Omit<ContentOptions, "keepSha256"> = {}, hash?: Hash) {
    this.#options = options;
    this.maxBody = options.maxBody ?? PROBE_DEFAULTS.maxBody;
    this.#hash = hash;
  }

  /**
   * Opens a sink. It loads the digest module only on request, because loading takes longer than a probe on loopback.
   */
  static async open(options: ContentOptions): Promise<ContentSink> {
    const hash = options.keepSha256 ? (await import("node:crypto")).createHash("sha256") : undefined;
    return new ContentSink(options, hash);
  }

  /** Takes content, and drops octets beyond `maxBody`. */
  take(data: Uint8Array): void {
    const { keepText, onBody } = this.#options;
    const room = this.maxBody - this.#taken;
    this.#taken += data.length;
    if (data.length > room) this.tooLarge = true;
    if (room <= 0) return;
    const taken = data.length > room ? data.subarray(0, room) : data;
    onBody?.(taken);
    this.#hash?.update(taken);
    if (keepText) this.#kept.add(taken);
  }

  /**
   * Adds text and digest to the body of a result that is otherwise complete; the measurement does not include decoding
   * time.
   */
  async addTo(result: ProbeResult): Promise<ProbeResult> {
    const { body, headers = [], status } = result;
    if (body === undefined) return result;
    if (this.#hash) body.sha256 = this.#hash.digest("hex");
    const { maxBody } = this;
    if (this.#options.keepText) await addText(body, this.#kept.pieces, { headers, status, maxBody });
    return result;
  }
}
