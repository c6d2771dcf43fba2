/** Most values for which an insertion sort is faster than the sort of the engine. */
const FEW = 40;

/**
 * Sorts a part of some values in place, NaN last.
 *
 * @returns The number of values that are not NaN
 */
export function sortRange(values: Float64Array, begin: number, end: number): number {
  if (end - begin > FEW) values.subarray(begin, end).sort();
  else insertInOrder(values, begin, end);
  let numbers = end;
  while (numbers > begin && Number.isNaN(values[numbers - 1])) numbers--;
  return numbers - begin;
}

function insertInOrder(values: Float64Array, begin: number, end: number): void {
  for (let at = begin + 1; at < end; at++) {
    const value = values[at]!;
    if (Number.isNaN(value)) continue;
    let place = at;
    // Not `>`, so that numbers move in front of NaN.
    while (place > begin && !(values[place - 1]! <= value)) {
      values[place] = values[place - 1]!;
      place--;
    }
    values[place] = value;
  }
}
