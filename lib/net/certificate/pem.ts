/**
 * Certificates in PEM.
 *
 * @module
 */

/** A certificate in PEM (RFC 7468 §5), its base64 as a group. */
export const PEM_CERTIFICATE = /-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----/g;
