/**
 * Groups rows by a key within a bound.
 *
 * @module
 */

/** Most groups of one kind. Servers and lists decide how many there are, and a reader needs only the first of them. */
const MOST_GROUPS = 50;

/** Groups by their keys. Further groups count together once there are too many. */
export class GroupedRows<Group extends { count: number }> {
  readonly #make: (key: string) => Group;
  readonly #groups = new Map<string, Group>();
  /** Rows that belong to no group, because there were too many groups. */
  beyond = 0;

  /** @param make Makes a new group */
  constructor(make: (key: string) => Group) {
    this.#make = make;
  }

  /** Finds the group of a key; `undefined` if there are too many groups, which counts the row as beyond. */
  of(key: string): Group | undefined {
    const found = this.#groups.get(key);
    if (found !== undefined) return found;
    if (this.#groups.size >= MOST_GROUPS) {
      this.beyond++;
      return undefined;
    }
    const group = this.#make(key);
    this.#groups.set(key, group);
    return group;
  }

  /** Gives the groups, the largest first; equally large ones keep their order. */
  sorted(): [key: string, group: Group][] {
    return [...this.#groups].sort(([, one], [, other]) => other.count - one.count);
  }
}
