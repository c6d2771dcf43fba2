/**
 * Explains the messages of `node:tls`, which come from rustls.
 *
 * @module
 */

/** Matches `received fatal alert: HandshakeFailure`, or `AlertDescription(0xff)` for an alert without a name. */
const ALERT = /received fatal alert: (\w+)(?:\(0x([0-9a-f]+)\))?/;

/** Alert names whose registered spelling differs from the rustls name. */
const ALERT_NAMES: Readonly<Record<string, string>> = {
  EncryptedClientHelloRequired: "ech_required",
  UnknownPSKIdentity: "unknown_psk_identity",
  UnrecognisedName: "unrecognized_name",
};

const MALFORMED = "a malformed TLS message came";

const MESSAGES: readonly (readonly [pattern: RegExp, text: string])[] = [
  [
    /ServerDoesNotSupportTls12Or13|ServerTlsVersionIsDisabled/,
    "the server offers neither TLS 1.2 nor TLS 1.3",
  ],
  [/cannot decrypt peer's message/, "a record that cannot be decrypted came"],
  [/HandshakePayloadTooLarge/, "a handshake message longer than 64 KiB came"],
  [/MessageTooLarge/, "a TLS record longer than TLS allows came"],
  [/InvalidContentType|UnknownProtocolVersion/, "octets that are not a TLS record came"],
  [/received corrupt message/, MALFORMED],
  [/WRONG_VERSION_NUMBER/, "octets that are not a TLS record came"],
];

/** Matches `received unexpected handshake message: got Certificate when expecting ServerHello or HelloRetryRequest`. */
const UNEXPECTED = /received unexpected (?:handshake )?message: got (.+?) when expecting (.+?)(?: \(SSL|$)/;

/**
 * Matches `peer misbehaved: SelectedUnofferedCipherSuite` and `peer is incompatible:
 * NoCertificateRequestSignatureSchemesInCommon`.
 */
const BROKEN_RULE = /peer (misbehaved|is incompatible): (\w+)/;

/**
 * Gives the name, as in RFC 8446 §6, of the alert that ended the connection, or its number if it has no name.
 *
 * @param text The message of a TLS error.
 */
export function readAlert(text: string): string | undefined {
  const [, alert, code] = ALERT.exec(text) ?? [];
  return alert === undefined ? undefined : alertName(alert, code);
}

/** Explains the message of a TLS error; gives the message itself if it is unknown. */
export function explainTls(text: string): string {
  const alert = readAlert(text);
  if (alert !== undefined) return `the server sent the TLS alert ${alert}`;
  const [, got, expected] = UNEXPECTED.exec(text) ?? [];
  if (got !== undefined && expected !== undefined) {
    return `a TLS message came out of turn: ${messageName(got)} instead of ${messageName(expected)}`;
  }
  const meaning = MESSAGES.find(([pattern]) => pattern.test(text))?.[1];
  if (meaning !== undefined && meaning !== MALFORMED) return meaning;
  const [, rule, name = ""] = BROKEN_RULE.exec(text) ?? [];
  if (rule === "misbehaved") return `the server broke a rule of TLS: ${spaceWords(name)}`;
  if (rule !== undefined) return `the server and this TLS stack have nothing in common: ${spaceWords(name)}`;
  const [, type = ""] = /received corrupt message of type (.*?)(?: \(SSL routines.*)?$/.exec(text) ?? [];
  return meaning !== undefined && type !== "" ? `${meaning} (${type})` : meaning ?? text;
}

/** Converts a rustls name to that of RFC 8446 §6: `HandshakeFailure` to `handshake_failure`. */
function alertName(name: string, code: string | undefined): string {
  if (code !== undefined) return String(parseInt(code, 16));
  return ALERT_NAMES[name] ?? name.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toLowerCase();
}

/** Names a message without a name by its number: `HandshakeType(0x82)` is `message 130`. */
function messageName(names: string): string {
  return names.replace(
    /(?:HandshakeType|ContentType)\(0x([0-9a-f]+)\)/g,
    (_, code: string) => `message ${parseInt(code, 16)}`,
  );
}

/** Converts `SelectedUnofferedCipherSuite` to `selected unoffered cipher suite`. */
function spaceWords(name: string): string {
  return name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, " ").toLowerCase();
}
