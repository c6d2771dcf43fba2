/**
 * Matches characters that Markdown, or HTML within it, may take for markup: a colon only in `://`, which makes a link,
 * and in a name such as `:tada:`, but not around a port or in a time of day. Parentheses and `!` mean nothing without brackets.
 */
const MARKUP = /[\\`*_{}[\]<>#|~&@]|:(?=\/\/|(?!(?!1(?:00|234):)\d+:)[\w+-]+:)/g;

/** Writes each character that may be markup as a character reference, which every reader of Markdown shows as text. */
export function escapeMarkdown(text: string): string {
  return text.replace(MARKUP, (character) => `&#${character.charCodeAt(0)};`);
}

/** A URL, as a whole. */
const URL_ALONE = /^https?:\/\/\S+$/;
/** Matches the characters that would end the link of a URL or the cell around it, or begin other markup within it. */
const MARKUP_IN_URL = /[\\`*~{}[\]<>|]|&(?=#?\w+;)/g;

/** Writes text of the user. A URL stays as it is, so that it becomes a link. A URL from a peer must not. */
export function escapeOwnMarkdown(text: string): string {
  return URL_ALONE.test(text)
    ? text.replace(MARKUP_IN_URL, (character) => `&#${character.charCodeAt(0)};`)
    : escapeMarkdown(text).replaceAll("&#58;", ":");
}
