/**
 * Explains why a TLS handshake failed.
 *
 * @module
 */

import { decodeLatin1 } from "../../http/octets.ts";
import type { ProbeError } from "../../result.ts";
import { explainUnusable } from "../certificate/certificate_unusable.ts";
import type { CipherStream, RawEnd } from "./cipher_stream.ts";
import { classifyError, codeOf } from "../errors/classify_error.ts";
import { beginsWithTlsRecord, readFirstWarning } from "./first_records.ts";
import { beginsRecord } from "./record_boundary.ts";
import { withoutUndefined } from "../../without_undefined.ts";

/** Maximum octets shown of another protocol. */
const SHOWN = 64;

/**
 * Verdicts on a certificate, by their OpenSSL names; other codes begin with `ERR_`. As `node:tls` accepts any
 * certificate here, it ends a handshake with a verdict only if it cannot use the certificate at all, or if its key did
 * not sign the handshake. The particular verdict depends on the chain and does not distinguish the two.
 */
const VERDICT = /^(?:UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|CERT_|INVALID_|HOSTNAME_)/;

/**
 * Makes an error that explains why there is no TLS connection.
 *
 * @param failure The end of the handshake.
 * @param cipher The stream, which knows the octets that were sent and received.
 * @param doing The action, as in `classifyError`.
 */
export function explainFailure(failure: RawEnd, cipher: CipherStream, doing: string): ProbeError {
  const { beginning } = cipher;
  const [first] = beginning;
  if (first !== undefined && !beginsRecord(first)) {
    const came = decodeLatin1(beginning.subarray(0, SHOWN)).replace(/[^\x20-\x7e]/g, escapeOctet);
    const message = `Cannot ${doing}: the server does not speak TLS there, it sent "${came}"`;
    return { kind: "tls", phase: "tls", by: "target", message };
  }
  return judgePort(explainEnd(failure, cipher, doing), beginning);
}

/**
 * Adds to an error that the port speaks TLS, and the alert that the server sent.
 *
 * @param error The cause of the failed handshake.
 */
export function judgePort(error: ProbeError, beginning: Uint8Array): ProbeError {
  if (!beginsWithTlsRecord(beginning)) return error;
  const warning = error.kind === "tls" ? undefined : readFirstWarning(beginning);
  const message = warning === undefined ? error.message : `${error.message} after the TLS alert ${warning}`;
  return withoutUndefined({ ...error, message, alert: warning ?? error.alert, speaksTls: true });
}

function explainEnd(failure: RawEnd, { hello, beginning }: CipherStream, doing: string): ProbeError {
  const errorOf = (kind: ProbeError["kind"], cause: string, by: ProbeError["by"] = "target"): ProbeError => ({
    kind,
    phase: "tls",
    by,
    message: `Cannot ${doing}: ${cause}`,
  });
  switch (failure.type) {
    case "error": {
      const code = codeOf(failure.error);
      if (!VERDICT.test(code)) return classifyError(failure.error, "tls", doing);
      const { kind, text } = explainUnusable(hello, beginning);
      return errorOf(kind, text);
    }
    case "rst":
      return errorOf("reset", "the server reset the connection");
    case "fin":
    case "close-notify":
    case "tls-truncated":
      return errorOf("closed", "the server closed the connection");
    case "closed":
      return errorOf("closed", "we closed the connection", "local");
  }
}

function escapeOctet(octet: string): string {
  switch (octet) {
    case "\r":
      return "\\r";
    case "\n":
      return "\\n";
    default:
      return `\\x${octet.charCodeAt(0).toString(16).padStart(2, "0")}`;
  }
}
