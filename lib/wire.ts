/**
 * What happened on a connection, octet by octet: types only. The network layer makes the events, the report layer
 * writes them.
 *
 * @module
 */

interface WireMoment {
  /** Milliseconds since the probe began. */
  readonly at: number;
  /** Number of the connection within the probe, from 1. */
  readonly connection: number;
}

/** Application octets (TLS taken off) as one read or write carried them. */
export interface WireOctets extends WireMoment {
  readonly direction: "sent" | "received";
  /** Octets that went before these in the same direction on the same connection. */
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** Anything else: connected, FIN, reset, closed by us. */
export interface WireOccurrence extends WireMoment {
  readonly direction: "event";
  readonly event: string;
}

/** One thing that happened on a connection. */
export type WireEvent = WireOctets | WireOccurrence;
