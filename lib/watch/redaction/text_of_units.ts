/** Makes a text of code units, some thousand at a time: the number of arguments of a call is limited. */
export function textOfUnits(units: Uint16Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < units.length; at += 8192) {
    // Spreading the units as arguments takes ten times as long.
    pieces.push(String.fromCharCode.apply(null, units.subarray(at, at + 8192) as unknown as number[]));
  }
  return pieces.length === 1 ? pieces[0]! : pieces.join("");
}
