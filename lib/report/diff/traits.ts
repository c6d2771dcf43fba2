/**
 * The facts by which results and profiles are compared, by path, with their tolerances.
 *
 * @module
 */

/** A fact, and the range within which a figure counts as unchanged. */
export interface Trait {
  readonly value: unknown;
  /** For a measured figure: the smallest and the largest sample. */
  readonly range?: readonly [least: number, most: number];
}

/** Facts by path, in order. */
export type Traits = Map<string, Trait>;

/**
 * Two ranges of measured seconds count as equal if they are this close, since some servers look at idle
 * connections only once a second.
 */
const NEAR = 0.5;
/** The same tolerance for long times, as a share of the time. */
const NEAR_SHARE = 0.05;

/** Tells whether two facts are the same; an absent one equals `null`. */
export function sameTrait(one: Trait | undefined, other: Trait | undefined): boolean {
  if (one?.range && other?.range) {
    const gap = Math.max(one.range[0], other.range[0]) - Math.min(one.range[1], other.range[1]);
    return gap <= Math.max(NEAR, NEAR_SHARE * one.range[0]);
  }
  return JSON.stringify(one?.value ?? null) === JSON.stringify(other?.value ?? null);
}

/** Puts a value into traits, objects by their properties; names in `volatile` are left out at every depth. */
export function addTraits(traits: Traits, path: string, value: unknown, volatile: ReadonlySet<string>): void {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    for (const [name, inner] of Object.entries(value)) {
      if (!volatile.has(name)) addTraits(traits, path === "" ? name : `${path}.${name}`, inner, volatile);
    }
  } else if (value !== undefined) traits.set(path, { value });
}
