/**
 * Formats counts, shares and paces for people.
 *
 * @module
 */

/** Formats a whole number with commas between the thousands: `1,204`. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** Formats a count with its noun: `1 octet`, `1,204 octets`. */
export function formatQuantity(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : plural}`;
}

/**
 * Formats a share as percent, with two digits after the point, or more if it would otherwise look like 0 % or
 * 100 %: `100 %`, `12.5 %`, `99.97 %`, `0.004 %`.
 *
 * @param share From 0 to 1
 */
export function formatShare(share: number): string {
  const percent = share * 100;
  for (const digits of [2, 3, 4]) {
    const rounded = Number(percent.toFixed(digits));
    if (rounded < 100 && rounded > 0 || rounded === percent) return `${rounded} %`;
  }
  return percent > 50 ? "> 99.9999 %" : "< 0.0001 %";
}

/** Formats a pace, given for a millisecond, for a second or a minute: `150/s`, `2.5/s`, `12/min`. */
export function formatPace(perMs: number): string {
  const perSecond = perMs * 1000;
  if (perSecond >= 10) return `${formatCount(Math.round(perSecond))}/s`;
  if (perSecond >= 1) return `${Math.round(perSecond * 10) / 10}/s`;
  return `${Math.round(perSecond * 600) / 10}/min`;
}
