/**
 * Takes the content of a response as it comes and keeps what was asked for.
 *
 * @module
 */

import type { Hash } from "node:crypto";
import { fieldValues, listElements } from "../http/field_list.ts";
import type { BodyFacts, ContentCoding, HeaderField, ProbeResult } from "../result.ts";

/** What is to be done with the content. */
export interface ContentOptions {
  readonly keepText?: boolean;
  readonly digest?: boolean;
  readonly onBody?: (data: Uint8Array) => void;
  /** Octets of content, before decoding and after it. */
  readonly maxBody?: number;
}

/** Octets of content after decoding where no limit is given. */
const MAX_BODY = 10 * 1024 * 1024;

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

  /**
   * Adds what was kept to the body of a result that is complete otherwise: the time that decoding takes is no part of what
   * was measured.
   */
  async addTo(result: ProbeResult): Promise<ProbeResult> {
    const { body, headers = [] } = result;
    if (body === undefined) return result;
    const coding = readCoding(headers);
    if (coding) body.coding = coding;
    if (this.#hash) body.sha256 = this.#hash.digest("hex");
    if (!this.#options.keepText) return result;
    if (coding === undefined || body.framing === "none") body.text = decodeText(this.#pieces, headers);
    else await this.#decode(body, coding, headers);
    return result;
  }

  async #decode(body: BodyFacts, coding: ContentCoding, headers: readonly HeaderField[]): Promise<void> {
    const { maxBody = MAX_BODY } = this.#options;
    const { decodeContent } = await import("./decode_content.ts");
    const decoded = await decodeContent(this.#pieces, coding, { maxBody });
    if ("error" in decoded) coding.error = decoded.error;
    else {
      coding.decodedBytes = decoded.content.length;
      body.text = decodeText([decoded.content], headers);
    }
  }
}

/** What the fields say of codings; `undefined` if there is none. */
function readCoding(headers: readonly HeaderField[]): ContentCoding | undefined {
  const names = listElements(headers, "content-encoding").filter((name) => name !== "identity");
  // What is misspelt is no coding, and the framing says so.
  const transfer = listElements(headers, "transfer-encoding").filter((name) =>
    !/chunked|^identity$/.test(name)
  );
  if (names.length === 0 && transfer.length === 0) return undefined;
  return { names, ...(transfer.length > 0 && { transfer }) };
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
