/**
 * Renders links to the parts of the page.
 *
 * @module
 */

/** The parts that may have a link, by their identifiers. */
const NAMES = {
  "errors": "Errors",
  "expectations": "Expectations",
  "statuses": "Status codes",
  "connections": "Connections",
  "times": "Times",
  "slowest": "Slowest",
  "certificates": "Certificates",
  "deviations": "Deviations",
  "rows": "All rows",
} as const;

/** Renders a link to each part that the page has. */
export function renderNavigation(parts: readonly string[]): string {
  const links = Object.entries(NAMES).filter(([id]) => parts.some((part) => part.includes(` id="${id}"`)))
    .map(([id, name]) => `<a href="#${id}">${name}</a>`);
  return `<nav aria-label="Parts of the page">${links.join("")}</nav>`;
}
