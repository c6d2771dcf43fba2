/** Writes some characters in another way, chosen by a seed. */
function escapeSome(text: string, seed: number, escape: (character: string) => string): string {
  let state = seed | 1;
  return [...text].map((character) => {
    state = Math.imul(state, 48271) + 11 | 0;
    return (state >>> 16) % 3 === 0 ? character : escape(character);
  }).join("");
}

const octetsOf = (text: string): number[] => [...new TextEncoder().encode(text)];
const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, "0");
const units = (text: string): number[] => Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));

/** Ways in which a server may write a text, by name. */
export const WRITINGS: Readonly<Record<string, (text: string, seed: number) => string>> = {
  "as it is": (text) => text,
  "JSON": (text) => JSON.stringify(text).slice(1, -1),
  "JSON, some characters as escapes": (text, seed) =>
    escapeSome(
      JSON.stringify(text).slice(1, -1),
      seed,
      (it) => /[\\"a-z]/.test(it) ? it : units(it).map((unit) => `\\u${hex(unit, 4)}`).join(""),
    ),
  "JSON with \\/": (text) => JSON.stringify(text).slice(1, -1).replaceAll("/", "\\/"),
  "percent": (text) => encodeURIComponent(text),
  "percent, some characters": (text, seed) =>
    escapeSome(
      text.replaceAll("%", "%25"),
      seed,
      (it) =>
        it === "%" || /[\dA-Fa-f]/.test(it) ? it : octetsOf(it).map((octet) => `%${hex(octet, 2)}`).join(""),
    ),
  "form": (text) => new URLSearchParams({ a: text }).toString().slice(2),
  "upper case": (text) => text.toUpperCase(),
  "lower case": (text) => text.toLowerCase(),
  "HTML, named": (text) =>
    text.replace(
      /[&<>"\u00e4\u00df\u20ac]/g,
      (it) =>
        ({
          "&": "&amp;",
          "<": "&lt;",
          ">": "&gt;",
          '"': "&quot;",
          "\u00e4": "&auml;",
          "\u00df": "&szlig;",
          "\u20ac": "&euro;",
        })[it]!,
    ),
  "HTML, some characters as numbers": (text, seed) =>
    escapeSome(
      text,
      seed,
      (it) => seed % 2 === 0 ? `&#${it.codePointAt(0)};` : `&#x${hex(it.codePointAt(0)!, 1)};`,
    )
      .replace(/&(?!#x?[\da-f]+;)/g, "&amp;"),
  "octets as Latin-1": (text) => octetsOf(text).map((octet) => String.fromCharCode(octet)).join(""),
  "octets as Windows-1252": (text) => new TextDecoder("windows-1252").decode(new TextEncoder().encode(text)),
  "octets as \\x": (text) => octetsOf(text).map((octet) => `\\x${hex(octet, 2)}`).join(""),
  "Base64": (text) => new TextEncoder().encode(text).toBase64(),
  "Base64, URL-safe, shifted": (text, seed) =>
    new TextEncoder().encode("xyz".slice(0, seed % 3) + text).toBase64({
      alphabet: "base64url",
      omitPadding: true,
    }),
  "hexadecimal": (text) => new TextEncoder().encode(text).toHex(),
  "quoted-printable": (text) =>
    octetsOf(text).map((octet) =>
      octet > 32 && octet < 127 && octet !== 61
        ? String.fromCharCode(octet)
        : `=${hex(octet, 2).toUpperCase()}`
    ).join(""),
};

/** Those that may be applied to any other. */
export const ESCAPES: readonly string[] = [
  "as it is",
  "JSON",
  "JSON with \\/",
  "percent",
  "percent, some characters",
  "form",
  "HTML, named",
  "HTML, some characters as numbers",
  "Base64",
  "Base64, URL-safe, shifted",
  "hexadecimal",
  "quoted-printable",
];
