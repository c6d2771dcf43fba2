/**
 * Matches characters that XML 1.0 forbids: controls other than TAB, LF and CR, lone surrogates, U+FFFE and
 * U+FFFF.
 */
const NOT_XML =
  // deno-lint-ignore no-control-regex -- the pattern must match control characters
  /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const REFERENCES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
};

/** Escapes text for an attribute or element of XML or HTML, and leaves out characters that XML cannot hold. */
export function escapeXml(text: string): string {
  return text.replace(NOT_XML, "").replace(/[&<>"'\t\n\r]/g, (character) => REFERENCES[character] ?? "");
}
