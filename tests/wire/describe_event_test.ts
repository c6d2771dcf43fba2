import { assertEquals } from "@std/assert";
import { describeWireEvent } from "../../lib/wire/describe_event.ts";
import type { WireEvent, WireOctets } from "../../lib/wire/wire_event.ts";
import { testRows } from "../_test_rows.ts";

type Wordless<Event> = Event extends WireEvent ? Omit<Event, "at" | "connection"> : never;

const peer = { address: "192.0.2.1", port: 443 };

testRows<[event: Wordless<Exclude<WireEvent, WireOctets>>, words: string]>(
  "describeWireEvent() names the event and its author",
  [
    [{ type: "connected", peer }, "connected to 192.0.2.1 port 443"],
    [{ type: "connected", peer, tls: {} }, "connected to 192.0.2.1 port 443 with TLS"],
    [
      { type: "connected", peer, tls: { version: "TLSv1.3" } },
      "connected to 192.0.2.1 port 443 with TLSv1.3",
    ],
    [{ type: "connected", peer: { address: "/run/web.sock", port: 0 } }, "connected to /run/web.sock"],
    [{ type: "write-failed", how: "rst" }, "the peer accepts no more octets"],
    [{ type: "end", by: "peer", how: "fin" }, "closed by the peer (FIN)"],
    [{ type: "end", by: "peer", how: "close-notify" }, "ended by the peer (close_notify)"],
    [{ type: "end", by: "peer", how: "rst" }, "reset by the peer (RST)"],
    [{ type: "end", by: "peer", how: "tls-truncated" }, "ended by the peer without close_notify"],
    [{ type: "end", by: "us", how: "fin" }, "sonde ended its side (FIN)"],
    [{ type: "end", by: "us", how: "closed" }, "closed by sonde"],
    [{ type: "failed", message: "a TLS alert" }, "failed: a TLS alert"],
  ],
  ([event, words]) => {
    assertEquals(describeWireEvent({ at: 0, connection: 1, ...event }), words);
  },
  { permissions: "none" },
);
