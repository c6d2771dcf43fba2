/**
 * Replaces text that differs between runs: times, rates, dates, our own ports, and the line ends that move with them.
 *
 * @module
 */

const MASKS: readonly (readonly [RegExp, string])[] = [
  // Bars of a timing waterfall.
  [/[\u2580-\u259f]+/g, ""],
  [/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z?/g, "<date>"],
  [/\b\d{4}-\d\d-\d\d\b/g, "<date>"],
  [/\btime="[\d.]+"/g, 'time="<time>"'],
  // The clock of a wire dump.
  [/\b\d+\.\d{3} #/g, "<time> #"],
  [/("local":\{"address":"[^"]*","port":)\d+/g, "$1<port>"],
  [
    /"(dns|connect|tls|listen|send|wait|receive|own|total|lag|lost|at|after|finAfter|ms|daysLeft)":-?[\d.e-]+/g,
    '"$1":<number>',
  ],
  [/\b\d[\d,]*(?:\.\d+)? ?(?:[KMG]?i?B|octets)\/s/g, "<rate>"],
  [/\b\d[\d,]*(?:\.\d+)?\/s/g, "<rate>"],
  [/\b\d[\d,]*(?:\.\d+)? ?(?:days\b|(?:ms|s|min|h|d)\b(?![-/]))/g, "<time>"],
  [/\b\d+(?:\.\d+)? to <time>/g, "<time>"],
];

/** A note that depends on how fast the machine is. */
const ESTIMATE = /^sonde: up to .* until the profile is complete(?:, unless .*)? \(.*\)$/gm;

/** Masks a text and puts it on one line. */
export function mask(text: string): string {
  // Join lines first, because a number and its unit may be on two lines.
  let masked = text.replace(ESTIMATE, "").replace(/\s+/g, " ");
  for (const [pattern, by] of MASKS) masked = masked.replace(pattern, by);
  return masked.replace(/\s+/g, " ").trim();
}

/**
 * Compares the output on a page with the real one. A `…` at the end of a line of the page matches any text.
 *
 * @returns Both texts, masked; they are equal if they agree
 */
export function compareOutput(shown: readonly string[], printed: string): { shown: string; printed: string } {
  const parts = shown.join("\n").split(/(?:^| )…$/m).map(mask);
  const actual = mask(printed);
  const whole = { shown: parts.join(" … "), printed: actual };
  if (parts.length === 1) return whole;
  if (!actual.startsWith(parts[0]!) || !actual.endsWith(parts.at(-1)!)) return whole;
  let from = 0;
  for (const part of parts) {
    const at = actual.indexOf(part, from);
    if (at === -1) return whole;
    from = at + part.length;
  }
  return { shown: whole.shown, printed: whole.shown };
}
