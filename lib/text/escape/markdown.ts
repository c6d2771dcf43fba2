/** Matches characters that Markdown, or HTML within it, may take for markup. */
const MARKUP = /[\\`*_{}[\]<>()#|~&!@:]/g;

/** Writes each character that may be markup as a character reference, which every reader of Markdown shows as text. */
export function escapeMarkdown(text: string): string {
  return text.replace(MARKUP, (character) => `&#${character.charCodeAt(0)};`);
}
