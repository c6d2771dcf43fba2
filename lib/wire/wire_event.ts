/**
 * What happened on a connection, octet by octet: types only. `wire_tap.ts` makes the events, `wire_text.ts` and
 * `wire_json.ts` write them.
 *
 * @module
 */

/** When and where something happened. */
export interface WireMoment {
  /** Milliseconds since the probe began. */
  readonly at: number;
  /** Number of the connection within the probe, from 1. */
  readonly connection: number;
}

/** Application octets (TLS taken off) as one read or write carried them. */
export interface WireOctets extends WireMoment {
  /** Which way the octets went. */
  readonly direction: "sent" | "received";
  /** Octets that went before these in the same direction on the same connection. */
  readonly offset: number;
  /** The octets; valid as long as whoever made the event says, so they are formatted at once or copied. */
  readonly bytes: Uint8Array;
}

/** Anything else: connected, FIN, reset, closed by us. */
export interface WireOccurrence extends WireMoment {
  /** Nothing was carried. */
  readonly direction: "event";
  /** What happened, in words. */
  readonly event: string;
}

/** One thing that happened on a connection. */
export type WireEvent = WireOctets | WireOccurrence;
