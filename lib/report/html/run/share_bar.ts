/**
 * Draws shares as bars.
 *
 * @module
 */

/** Draws a bar whose length is a share of its cell. Screen readers skip it: the figure stands beside it. */
export function renderShare(share: number, look: string): string {
  // Even the smallest share stays visible.
  const length = Math.max(0.5, Math.round(share * 1_000) / 10);
  return `<svg class="share ${look}" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">` +
    `<path d="M0 0h${length}v10H0"/></svg>`;
}
