/**
 * The progress of a download.
 *
 * @module
 */

import type { DownloadProgress } from "../../../download/download_options.ts";
import { escapeText } from "../../../text/escape/text.ts";
import { columnsOf } from "../../../text/columns.ts";
import { formatDuration } from "../../../text/duration.ts";
import type { Progress } from "../../output/progress_line.ts";
import { formatLeft, formatShare } from "../../output/progress_text.ts";
import type { FormatSize } from "../../output/sizes.ts";

/** Columns of the bar on a wide terminal, and the fewest with which it is shown. */
const LONGEST_BAR = 30;
const SHORTEST_BAR = 5;
/** Part of the download that counts for the pace: it may become faster or slower. */
const RECENT = 1 / 3;
/** Milliseconds that count for the pace at least. */
const ENOUGH_TIME = 3_000;
/** Most samples of the past. When there are more, every second one is dropped. */
const MOST_SAMPLES = 256;

/** Options of {@linkcode DownloadBar}. */
export interface DownloadBarOptions {
  readonly formatSize: FormatSize;
  /** Gives the columns of the terminal at the moment. */
  readonly columns: () => number;
  /** A monotonic clock in milliseconds. */
  readonly now: () => number;
}

/** Formats the progress of a download: `big.bin  45 %  ███████▌        460.8 MiB of 1 GiB  1.2 GiB/s  8 s left`. */
export class DownloadBar implements Progress {
  readonly #options: DownloadBarOptions;
  readonly #startedAt: number;
  #last: DownloadProgress | undefined;
  #samples: { readonly at: number; readonly received: number }[] = [];
  /** Milliseconds for which the process was stopped. */
  #stopped = 0;

  constructor(options: DownloadBarOptions) {
    this.#options = options;
    this.#startedAt = options.now();
  }

  /** Takes note of the progress. */
  readonly take = (progress: DownloadProgress): void => {
    if (this.#last === undefined) {
      // The content began to arrive this long ago.
      this.#samples.push({ at: this.#now() - progress.elapsed, received: 0 });
    }
    this.#last = progress;
    this.#samples.push({ at: this.#now(), received: progress.received });
    if (this.#samples.length > MOST_SAMPLES) this.#samples = this.#samples.filter((_, i) => i % 2 === 0);
  };

  /** Leaves out the milliseconds for which the process was stopped. */
  skip(ms: number): void {
    this.#stopped += ms;
  }

  /** Formats the line with fewer and fewer parts. */
  format(): string[] {
    if (this.#last === undefined) {
      return [`waiting for the content, ${formatDuration(Math.floor(this.#elapsed / 1000) * 1000)}`];
    }
    const { name = "", bytes, total, received, phase } = this.#last;
    const { formatSize } = this.#options;
    const label = escapeText(phase === "digest" ? `${name} digest`.trim() : name);
    const pace = this.#pace;
    const rate = phase === "digest" ? [] : [pace > 0 ? `${formatSize(Math.round(pace * 1000))}/s` : "-"];
    if (total === undefined || total === 0) {
      const time = formatDuration(Math.floor(this.#elapsed / 1000) * 1000);
      return [
        join([label, formatSize(bytes), ...rate, time]),
        join([formatSize(bytes), ...rate, time]),
        join([formatSize(received), time]),
      ];
    }
    const share = Math.min(1, bytes / total);
    const left = phase === "content" && pace > 0 && share < 1 ? formatLeft((total - bytes) / pace) : [];
    const percent = formatShare(share).padStart(5);
    const size = `${formatSize(bytes)} of ${formatSize(total)}`;
    const room = this.#options.columns() - columnsOf(join([label, percent, "", size, ...rate, ...left])) - 1;
    const bar = room >= SHORTEST_BAR ? [drawBar(share, Math.min(LONGEST_BAR, room))] : [];
    return [
      join([label, percent, ...bar, size, ...rate, ...left]),
      join([label, percent, size, ...left]),
      join([label, percent, ...left]),
      join([percent, size, ...left]),
      join([percent, ...left]),
    ];
  }

  #now(): number {
    return this.#options.now() - this.#stopped;
  }

  get #elapsed(): number {
    return this.#now() - (this.#samples[0]?.at ?? this.#startedAt);
  }

  /** Octets that arrived in a millisecond, lately. */
  get #pace(): number {
    const from = this.#now() - Math.max(ENOUGH_TIME, this.#elapsed * RECENT);
    const { at, received } = this.#samples.findLast((it) => it.at <= from) ?? this.#samples[0]!;
    const elapsed = this.#now() - at;
    return elapsed > 0 ? (this.#last!.received - received) / elapsed : 0;
  }
}

function join(parts: readonly string[]): string {
  return parts.filter((part, index) => part !== "" || index > 0).join("  ");
}

function drawBar(share: number, columns: number): string {
  const halves = Math.floor(share * columns * 2);
  return `${"█".repeat(halves >> 1)}${halves % 2 === 1 ? "▌" : ""}`.padEnd(columns, "░");
}
