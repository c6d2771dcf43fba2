/**
 * Matches certificates in PEM.
 *
 * @module
 */

/** Matches a certificate in PEM (RFC 7468 §5); a group holds its base64. */
export const PEM_CERTIFICATE = /-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----/g;
