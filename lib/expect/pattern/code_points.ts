/**
 * Sets of code points, which one place in a pattern can match.
 *
 * @module
 */

/** Pairs of first and last code point, ascending, not touching each other. */
export type CodePoints = readonly (readonly [first: number, last: number])[];

/** The last code point of Unicode. */
export const LAST_CODE_POINT = 0x10ffff;

/** `\d` */
export const DIGITS: CodePoints = [[0x30, 0x39]];

/** `\w` */
export const WORD: CodePoints = [[0x30, 0x39], [0x41, 0x5a], [0x5f, 0x5f], [0x61, 0x7a]];

/** `\s` of ECMAScript. */
export const SPACE: CodePoints = normalise([
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
]);

/** Line ends for `.`, `^` and `$` in ECMAScript. */
export const LINE_ENDS: CodePoints = [[0x0a, 0x0a], [0x0d, 0x0d], [0x2028, 0x2029]];

/** Sorts and joins ranges. */
export function normalise(ranges: CodePoints): CodePoints {
  const joined: [number, number][] = [];
  for (const [first, last] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const previous = joined.at(-1);
    if (previous !== undefined && first <= previous[1] + 1) previous[1] = Math.max(previous[1], last);
    else joined.push([first, last]);
  }
  return joined;
}

/** Gives all code points that are not in `set`. */
export function complement(set: CodePoints): CodePoints {
  const rest: [number, number][] = [];
  let next = 0;
  for (const [first, last] of normalise(set)) {
    if (first > next) rest.push([next, first - 1]);
    next = last + 1;
  }
  if (next <= LAST_CODE_POINT) rest.push([next, LAST_CODE_POINT]);
  return rest;
}

/** Tells by bisection if `point` is in `set`. */
export function includes(set: CodePoints, point: number): boolean {
  let low = 0;
  let high = set.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [first, last] = set[middle]!;
    if (point < first) high = middle - 1;
    else if (point > last) low = middle + 1;
    else return true;
  }
  return false;
}

/** Last code point that has another case; a search of the rest of Unicode would find no more. */
const LAST_CASED = 0x1e943;

let caseGroups: readonly (readonly number[])[] | undefined;

/** Adds the other case of all members to a set, by the rules of ECMAScript without the flag `u`. */
export function foldCase(set: CodePoints): CodePoints {
  caseGroups ??= findCaseGroups();
  const groups = caseGroups.filter((group) => group.some((point) => includes(set, point)));
  return normalise([...set, ...groups.flat().map((point): [number, number] => [point, point])]);
}

function findCaseGroups(): readonly (readonly number[])[] {
  const groups = new Map<number, number[]>();
  for (let point = 0; point <= LAST_CASED; point++) {
    const upper = upperCase(point);
    const group = groups.get(upper);
    if (group === undefined) groups.set(upper, [point]);
    else group.push(point);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

/** ECMA-262 Canonicalize, which gives one code point and never turns non-ASCII into ASCII. */
function upperCase(point: number): number {
  const text = String.fromCodePoint(point).toUpperCase();
  const upper = text.codePointAt(0)!;
  const isOne = text.length === (upper > 0xffff ? 2 : 1);
  return isOne && (point < 0x80 || upper >= 0x80) ? upper : point;
}

/** Gives the set of a Unicode property, as `L` or `Script=Greek`; `undefined` if there is no such property. */
export function unicodeProperty(name: string): CodePoints | undefined {
  let member: RegExp;
  try {
    member = new RegExp(`^\\p{${name}}$`, "u");
  } catch {
    return undefined; // The engine's list of properties is the one that counts.
  }
  const ranges: [number, number][] = [];
  for (let point = 0; point <= LAST_CODE_POINT; point++) {
    if (!member.test(String.fromCodePoint(point))) continue;
    const previous = ranges.at(-1);
    if (previous !== undefined && previous[1] === point - 1) previous[1] = point;
    else ranges.push([point, point]);
  }
  return ranges;
}
