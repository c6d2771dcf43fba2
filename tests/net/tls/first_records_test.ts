import { assertEquals } from "@std/assert";
import { explainTls } from "../../../lib/net/errors/explain_tls.ts";
import { readFirstWarning } from "../../../lib/net/tls/first_records.ts";
import { testRows } from "../../_test_rows.ts";

testRows<[octets: number[], warning: string | undefined]>(
  "readFirstWarning() names only a warning at the beginning",
  [
    [[21, 3, 1, 0, 2, 1, 112], "unrecognized_name"],
    [[21, 3, 3, 0, 2, 1, 0], "close_notify"],
    [[21, 3, 3, 0, 2, 1, 90], "user_canceled"],
    [[21, 3, 3, 0, 2, 1, 100], "no_renegotiation"],
    [[21, 3, 3, 0, 2, 1, 41], "41"],
    [[21, 3, 3, 0, 2, 1, 112, 22, 3], "unrecognized_name"],
    // Fatal.
    [[21, 3, 3, 0, 2, 2, 112], undefined],
    [[21, 3, 3, 0, 2, 2, 40], undefined],
    [[21, 3, 3, 0, 2, 1], undefined],
    [[21, 3, 3, 0, 3, 1, 112], undefined],
    [[21, 3, 3, 1, 2, 1, 112], undefined],
    [[21, 2, 3, 0, 2, 1, 112], undefined],
    [[22, 3, 3, 0, 2, 1, 112], undefined],
    [[], undefined],
  ],
  ([octets, warning]) => {
    assertEquals(readFirstWarning(Uint8Array.from(octets)), warning, octets.join(" "));
  },
  { permissions: "none" },
);

testRows<[text: string, explained: string]>("explainTls() uses the names of alerts from the RFCs", [
  ["received fatal alert: HandshakeFailure", "the server sent the TLS alert handshake_failure"],
  ["received fatal alert: UnrecognisedName", "the server sent the TLS alert unrecognized_name"],
  ["received fatal alert: Unknown(0x29)", "the server sent the TLS alert 41"],
  ["received fatal alert: EncryptedClientHelloRequired", "the server sent the TLS alert ech_required"],
], ([text, explained]) => {
  assertEquals(explainTls(text), explained);
}, { permissions: "none" });
