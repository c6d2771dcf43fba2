/**
 * What the messages of `node:tls`, in the words of rustls, mean.
 *
 * @module
 */

/** `received fatal alert: HandshakeFailure`, or `AlertDescription(0xff)` for one without a name. */
const ALERT = /received fatal alert: (\w+)(?:\(0x([0-9a-f]+)\))?/;

/** Names that are spelled otherwise in the registry of alerts than rustls' would be. */
const ALERT_NAMES: Readonly<Record<string, string>> = {
  EncryptedClientHelloRequired: "ech_required",
  UnknownPSKIdentity: "unknown_psk_identity",
  UnrecognisedName: "unrecognized_name",
};

/** Descriptions of alerts that can be a warning (RFC 5246 §7.2, RFC 6066 §3). */
const WARNINGS: Readonly<Record<number, string>> = {
  0: "close_notify",
  90: "user_canceled",
  100: "no_renegotiation",
  112: "unrecognized_name",
};

const MALFORMED = "a malformed TLS message came";

const MESSAGES: readonly (readonly [pattern: RegExp, text: string])[] = [
  [
    /ServerDoesNotSupportTls12Or13|ServerTlsVersionIsDisabled/,
    "the server offers neither TLS 1.2 nor TLS 1.3",
  ],
  [/cannot decrypt peer's message/, "a record came that cannot be decrypted"],
  [/HandshakePayloadTooLarge/, "a message of the handshake came that is longer than 64 KiB"],
  [/MessageTooLarge/, "a TLS record came that is longer than TLS allows"],
  [/InvalidContentType|UnknownProtocolVersion/, "octets came that are no TLS record"],
  [/received corrupt message/, MALFORMED],
  [/WRONG_VERSION_NUMBER/, "octets came that are no TLS record"],
];

/** Whether the message of an error speaks of an alert of the server's. */
export function tellsAlert(text: string): boolean {
  return ALERT.test(text);
}

/** What the message of an error of TLS means; the message itself if nothing is known about it. */
export function explainTls(text: string): string {
  const [, alert, code] = ALERT.exec(text) ?? [];
  if (alert !== undefined) return `the server sent the TLS alert ${alertName(alert, code)}`;
  const [, type = ""] = /received corrupt message of type (.*?)(?: \(SSL routines.*)?$/.exec(text) ?? [];
  const meaning = MESSAGES.find(([pattern]) => pattern.test(text))?.[1];
  return meaning === MALFORMED && type !== "" ? `${meaning} (${type})` : meaning ?? text;
}

/** From the name in rustls to that of RFC 8446 §6: `HandshakeFailure` to `handshake_failure`. */
function alertName(name: string, code: string | undefined): string {
  if (code !== undefined) return String(parseInt(code, 16));
  return ALERT_NAMES[name] ?? name.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toLowerCase();
}

/**
 * The name of the alert that a server began with as a warning, which by itself ends nothing.
 *
 * @param beginning The first octets of the server.
 */
export function readFirstWarning(beginning: Uint8Array): string | undefined {
  const [type, major, , high, low, level, description = 0] = beginning;
  if (beginning.length < 7 || type !== 21 || major !== 3 || high !== 0 || low !== 2 || level !== 1) {
    return undefined;
  }
  return WARNINGS[description] ?? String(description);
}
