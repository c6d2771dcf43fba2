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

/** Caches parsed authorities: a file may have hundreds, and every row of a list would parse them again. */
const known = new WeakMap<readonly string[], ReadonlyMap<string, readonly TrustedRoot[]>>();

/**
 * Finds the authorities with this name.
 *
 * @param caCerts PEM texts with one or more certificates, all of them readable.
 * @param subject The distinguished name, as in {@linkcode CertificateFields}.
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

/**
 * Decodes base64. Gives undefined if the text contains anything else: PEM allows fields before it, and TLS can use
 * them.
 */
function decodeBase64(text: string): Uint8Array | undefined {
  try {
    return Uint8Array.fromBase64(text);
  } catch {
    return undefined;
  }
}
