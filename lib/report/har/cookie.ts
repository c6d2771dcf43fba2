/** A cookie in the form of HAR 1.2. */
export interface HarCookie {
  readonly name: string;
  readonly value: string;
  readonly path?: string;
  readonly domain?: string;
  /** ISO 8601. */
  readonly expires?: string;
  readonly httpOnly: boolean;
  readonly secure: boolean;
}

/** Reads a line of `Set-Cookie` as a browser does (RFC 6265 §5.2). */
export function parseSetCookie(line: string): HarCookie {
  const [pair = "", ...attributes] = line.split(";");
  const equals = pair.indexOf("=");
  const cookie: { -readonly [Key in keyof HarCookie]: HarCookie[Key] } = {
    name: trim(equals === -1 ? "" : pair.slice(0, equals)),
    value: trim(pair.slice(equals + 1)),
    httpOnly: false,
    secure: false,
  };
  for (const attribute of attributes) {
    const [name = "", ...rest] = attribute.split("=");
    const value = trim(rest.join("="));
    switch (trim(name).toLowerCase()) {
      case "path":
        cookie.path = value;
        break;
      case "domain":
        cookie.domain = value;
        break;
      case "expires": {
        const at = Date.parse(value);
        if (!Number.isNaN(at)) cookie.expires = new Date(at).toISOString();
        break;
      }
      case "httponly":
        cookie.httpOnly = true;
        break;
      case "secure":
        cookie.secure = true;
        break;
    }
  }
  return cookie;
}

function trim(text: string): string {
  return text.replace(/^[ \t]+|[ \t]+$/g, "");
}
