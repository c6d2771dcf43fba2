/**
 * Takes the content of a response as it comes and keeps what was asked for.
 *
 * @module
 */

import type { Hash } from "node:crypto";
import { fieldValues } from "../http/field_list.ts";
import type { HeaderField } from "../result.ts";

/** What is to be done with the content. */
export interface ContentOptions {
  readonly keepText?: boolean;
  readonly digest?: boolean;
  readonly onBody?: (data: Uint8Array) => void;
}

/** Keeps text and digest of a content that comes in pieces; nothing is kept that was not asked for. */
export class ContentSink {
  readonly #options: ContentOptions;
  readonly #pieces: Uint8Array<ArrayBuffer>[] = [];
  readonly #hash: Hash | undefined;

  private constructor(options: ContentOptions, hash: Hash | undefined) {
    this.#options = options;
    this.#hash = hash;
  }

  /** Opens a sink. What makes digests takes longer to load than a probe on loopback, and is loaded if asked for. */
  static async open(options: ContentOptions): Promise<ContentSink> {
    const hash = options.digest ? (await import("node:crypto")).createHash("sha256") : undefined;
    return new ContentSink(options, hash);
  }

  /** The function to give octets to; absent if nobody wants them. */
  get take(): ((data: Uint8Array) => void) | undefined {
    const { keepText, digest, onBody } = this.#options;
    if (!keepText && !digest && !onBody) return undefined;
    return (data) => {
      onBody?.(data);
      this.#hash?.update(data);
      if (keepText) this.#pieces.push(data.slice());
    };
  }

  /** The facts to add to the body of a result. */
  facts(headers: readonly HeaderField[]): { text?: string; sha256?: string } {
    return {
      ...(this.#hash && { sha256: this.#hash.digest("hex") }),
      ...(this.#options.keepText && { text: decodeText(this.#pieces, headers) }),
    };
  }
}

/** Decodes by the charset of Content-Type, or UTF-8; what is not valid becomes U+FFFD. */
function decodeText(pieces: readonly Uint8Array<ArrayBuffer>[], headers: readonly HeaderField[]): string {
  const decoder = makeDecoder(headers);
  let text = "";
  for (const piece of pieces) text += decoder.decode(piece, { stream: true });
  return text + decoder.decode();
}

function makeDecoder(headers: readonly HeaderField[]): TextDecoder {
  const type = fieldValues(headers, "content-type")[0] ?? "";
  const charset = /;[ \t]*charset[ \t]*=[ \t]*"?([^\s";]+)/i.exec(type)?.[1] ?? "utf-8";
  try {
    return new TextDecoder(charset);
  } catch {
    // A charset that nobody knows.
    return new TextDecoder();
  }
}
