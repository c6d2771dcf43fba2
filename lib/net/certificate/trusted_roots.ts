/**
 * Finds the trusted authority that a chain leads to, to explain why the chain was refused.
 *
 * @module
 */

import { type CertificateFields, readCertificateFields } from "./certificate_fields.ts";
import { PEM_CERTIFICATE } from "./pem.ts";

/** A certificate of an authority. */
export interface TrustedRoot extends CertificateFields {
  /** DER. */
  readonly raw: Uint8Array;
}

/** A file of authorities may have hundreds, which every row of a list would pay for. */
const known = new WeakMap<readonly string[], ReadonlyMap<string, readonly TrustedRoot[]>>();

/**
 * The authorities of that name.
 *
 * @param caCerts PEM texts with one certificate or several, all of them readable.
 * @param subject As in {@linkcode CertificateFields}.
 */
export function findTrustedRoots(caCerts: readonly string[], subject: string): readonly TrustedRoot[] {
  let roots = known.get(caCerts);
  if (roots === undefined) known.set(caCerts, roots = readRoots(caCerts));
  return roots.get(subject) ?? [];
}

function readRoots(caCerts: readonly string[]): Map<string, TrustedRoot[]> {
  const roots = new Map<string, TrustedRoot[]>();
  for (const text of caCerts) {
    for (const [, base64 = ""] of text.matchAll(PEM_CERTIFICATE)) {
      const raw = decodeBase64(base64);
      if (raw === undefined) continue;
      const root = { ...readCertificateFields(raw), raw };
      roots.set(root.subject, [...roots.get(root.subject) ?? [], root]);
    }
  }
  return roots;
}

/** Decodes base64. Gives undefined if the text holds more, such as fields before it, which PEM allows and TLS can use. */
function decodeBase64(text: string): Uint8Array | undefined {
  try {
    return Uint8Array.fromBase64(text);
  } catch {
    return undefined;
  }
}
