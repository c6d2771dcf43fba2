/**
 * Describes events that carry no octets.
 *
 * @module
 */

import type { WireConnected, WireEnd, WireEvent, WireOctets } from "./wire_event.ts";

/** Describes an event that carries no octets: `connected to 127.0.0.1 port 80`, `reset by the peer (RST)`. */
export function describeWireEvent(event: Exclude<WireEvent, WireOctets>): string {
  switch (event.type) {
    case "connected":
      return describeConnected(event);
    case "write-failed":
      return "the peer accepts no more octets";
    case "end":
      return event.by === "us" ? describeOurEnd(event.how) : describePeerEnd(event.how);
    case "failed":
      return `failed: ${event.message}`;
  }
}

function describeConnected({ peer: { address, port }, tls }: WireConnected): string {
  const place = port === 0 ? address : `${address} port ${port}`;
  return `connected to ${place}${tls ? ` with ${tls.version ?? "TLS"}` : ""}`;
}

function describeOurEnd(how: WireEnd["how"]): string {
  return how === "fin" ? "sonde ended its side (FIN)" : "closed by sonde";
}

/** Describes an end of a connection that the peer caused: `reset by the peer (RST)`. */
export function describePeerEnd(how: WireEnd["how"]): string {
  switch (how) {
    case "fin":
    case "closed":
      return "closed by the peer (FIN)";
    case "close-notify":
      return "ended by the peer (close_notify)";
    case "rst":
      return "reset by the peer (RST)";
    case "tls-truncated":
      return "ended by the peer without close_notify";
  }
}
