import { assertEquals, assertThrows } from "@std/assert";
import { encodeLatin1 } from "../../lib/http/octets.ts";
import { isWireCapture, readWireCapture } from "../../lib/wire/wire_capture.ts";
import { formatWireJson } from "../../lib/wire/wire_json.ts";

Deno.test({
  name: "readWireCapture() puts the octets of each connection together",
  permissions: "none",
  fn() {
    const bytes = encodeLatin1;
    const lines = [
      formatWireJson({ at: 0, connection: 1, direction: "event", event: "connected" }),
      formatWireJson({ at: 1, connection: 1, direction: "sent", offset: 0, bytes: bytes("GET") }),
      formatWireJson({ at: 2, connection: 2, direction: "received", offset: 0, bytes: bytes("x") }),
      formatWireJson({ at: 3, connection: 1, direction: "received", offset: 0, bytes: bytes("a\xff") }),
      formatWireJson({ at: 4, connection: 1, direction: "received", offset: 2, bytes: bytes("b") }),
      formatWireJson({ at: 5, connection: 1, direction: "event", event: "closed by the peer (FIN)" }),
      formatWireJson({
        at: 6,
        connection: 2,
        direction: "event",
        event: "ended by the peer without close_notify",
      }),
    ];
    const notified = [
      ...lines.slice(0, 2),
      formatWireJson({ at: 5, connection: 1, direction: "event", event: "ended by the peer (close_notify)" }),
    ];
    assertEquals(readWireCapture(`${notified.join("\n")}\n`).map(({ end }) => end), ["fin"]);
    const text = `${lines.join("\n")}\n`;
    assertEquals(isWireCapture(bytes(text)), true);
    assertEquals(readWireCapture(text), [
      { connection: 1, sent: bytes("GET"), received: bytes("a\xffb"), end: "fin" },
      { connection: 2, sent: bytes(""), received: bytes("x"), end: "tls-truncated" },
    ]);
    assertEquals(readWireCapture(`${text}{"at":7,"dir`).length, 2, "a torn last line");
    assertEquals(isWireCapture(bytes('HTTP/1.1 200 OK\r\n\r\n{"at":0}')), false);
    assertThrows(() => readWireCapture(`${lines[0]}\nx\n`), SyntaxError, "line 2: ");
    assertThrows(
      () => readWireCapture(`${lines[4]}\n`),
      SyntaxError,
      "line 1: Cannot put the capture together",
    );
  },
});
