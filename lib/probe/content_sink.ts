/**
 * Takes the content of a response as it comes and keeps what was asked for.
 *
 * @module
 */

import type { Hash } from "node:crypto";
import { OctetStore } from "../http/octet_store.ts";
import type { ProbeResult } from "../result.ts";
import { addText } from "./content_text.ts";

/** What is to be done with the content. */
export interface ContentOptions {
  readonly keepText?: boolean | undefined;
  readonly keepSha256?: boolean | undefined;
  readonly onBody?: ((data: Uint8Array) => void) | undefined;
  /** Octets of content, before decoding and after it. */
  readonly maxBody?: number | undefined;
}

/** Keeps text and digest of a content that comes in pieces; nothing is kept that was not asked for. */
export class ContentSink {
  readonly #options: ContentOptions;
  readonly #kept = new OctetStore();
  readonly #hash: Hash | undefined;

  private constructor(options: ContentOptions, hash: Hash | undefined) {
    this.#options = options;
    this.#hash = hash;
  }

  /** Opens a sink. What makes digests takes longer to load than a probe on loopback, and is loaded if asked for. */
  static async open(options: ContentOptions): Promise<ContentSink> {
    const hash = options.keepSha256 ? (await import("node:crypto")).createHash("sha256") : undefined;
    return new ContentSink(options, hash);
  }

  /** The function to give octets to; absent if nobody wants them. */
  get take(): ((data: Uint8Array) => void) | undefined {
    const { keepText, keepSha256, onBody } = this.#options;
    if (!keepText && !keepSha256 && !onBody) return undefined;
    return (data) => {
      onBody?.(data);
      this.#hash?.update(data);
      if (keepText) this.#kept.add(data);
    };
  }

  /**
   * Adds what was kept to the body of a result that is complete otherwise: the time that decoding takes is no part of what
   * was measured.
   */
  async addTo(result: ProbeResult): Promise<ProbeResult> {
    const { body, headers = [], status } = result;
    if (body === undefined) return result;
    if (this.#hash) body.sha256 = this.#hash.digest("hex");
    const { keepText, maxBody } = this.#options;
    if (keepText) {
      await addText(body, this.#kept.pieces, {
        headers,
        ...(status !== undefined && { status }),
        ...(maxBody !== undefined && { maxBody }),
      });
    }
    return result;
  }
}
