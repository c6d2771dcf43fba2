/**
 * Takes the content of a response as it comes and keeps what was asked for.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { createHash, type Hash } from "node:crypto";
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
  readonly #pieces: Uint8Array[] = [];
  readonly #hash: Hash | undefined;

  constructor(options: ContentOptions) {
    this.#options = options;
    if (options.digest) this.#hash = createHash("sha256");
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
    const text = this.#options.keepText ? decodeText(Buffer.concat(this.#pieces), headers) : undefined;
    return {
      ...(this.#hash && { sha256: this.#hash.digest("hex") }),
      ...(text !== undefined && { text }),
    };
  }
}

/** Decodes by the charset of Content-Type, or UTF-8; what is not valid becomes U+FFFD. */
function decodeText(content: Uint8Array, headers: readonly HeaderField[]): string {
  const type = fieldValues(headers, "content-type")[0] ?? "";
  const charset = /;[ \t]*charset[ \t]*=[ \t]*"?([^\s";]+)/i.exec(type)?.[1] ?? "utf-8";
  try {
    return new TextDecoder(charset).decode(content);
  } catch {
    // A charset that nobody knows.
    return new TextDecoder().decode(content);
  }
}
