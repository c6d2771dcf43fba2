/**
 * Events of a connection, octet by octet: types only. `wire_tap.ts` makes them, `wire_text.ts` and `wire_json.ts` write
 * them.
 *
 * @module
 */

/** Time and place of an event. */
export interface WireMoment {
  /** Milliseconds since the probe began. */
  readonly at: number;
  /** Number of the connection within the probe, from 1. */
  readonly connection: number;
}

/** A connection was established: the first event of each. */
export interface WireConnected extends WireMoment {
  /** Tag of this event. */
  readonly type: "connected";
  /** Address of the server; port 0 stands for a Unix socket, whose path is the address. */
  readonly peer: { readonly address: string; readonly port: number };
  /** Present over TLS; `version` is absent if it is unknown. */
  readonly tls?: { readonly version?: string };
}

/** A piece of one of the two streams. */
export interface WirePiece extends WireMoment {
  /** Number of octets before these in the same direction on the same connection. */
  readonly offset: number;
  /**
   * The octets. They are valid only during the call that delivers the event: format them immediately, or copy
   * them.
   */
  readonly bytes: Uint8Array;
}

/** The octets of one write, before TLS encrypts them. */
export interface WireSent extends WirePiece {
  /** Tag of this event. */
  readonly type: "sent";
}

/** The octets of one read, after TLS has decrypted them. */
export interface WireReceived extends WirePiece {
  /** Tag of this event. */
  readonly type: "received";
}

/** Octets in either direction. */
export type WireOctets = WireSent | WireReceived;

/** A write failed because the peer accepts no more octets. */
export interface WireWriteFailed extends WireMoment {
  /** Tag of this event. */
  readonly type: "write-failed";
  /** `rst`: the peer reset the connection; `pipe`: it closed the connection. */
  readonly how: "rst" | "pipe";
}

/** One side ended its stream, or the connection. */
export interface WireEnd extends WireMoment {
  /** Tag of this event. */
  readonly type: "end";
  /** Side that ended it. */
  readonly by: "peer" | "us";
  /**
   * `fin`: the TCP stream of that side ended; `close-notify`: its TLS stream; `rst`: it reset the connection;
   * `tls-truncated`: FIN came without close_notify; `closed`: it closed the connection, both directions at once.
   */
  readonly how: "fin" | "close-notify" | "rst" | "tls-truncated" | "closed";
}

/** The connection broke for another reason, a TLS alert for instance. */
export interface WireFailed extends WireMoment {
  /** Tag of this event. */
  readonly type: "failed";
  /** Reason, in words. */
  readonly message: string;
}

/** One thing that happened on a connection. */
export type WireEvent = WireConnected | WireOctets | WireWriteFailed | WireEnd | WireFailed;
