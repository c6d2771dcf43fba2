/** Text in UTF-16, without a byte order mark unless it begins with U+FEFF. */
export function utf16(text: string, littleEndian = true): Uint8Array<ArrayBuffer> {
  const octets = new DataView(new ArrayBuffer(2 * text.length));
  for (let at = 0; at < text.length; at++) octets.setUint16(2 * at, text.charCodeAt(at), littleEndian);
  return new Uint8Array(octets.buffer);
}
