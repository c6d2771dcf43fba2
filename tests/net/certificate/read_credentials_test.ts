import { assertEquals, assertThrows } from "@std/assert";
import { decodePem } from "../../../lib/net/certificate/decode_pem.ts";
import { readClient } from "../../../lib/net/certificate/read_credentials.ts";
import { fixture } from "../../peer/peer.ts";
import { testRows } from "../../_test_rows.ts";

const CLIENT = fixture("client.pem");

testRows<[name: string, cert: string | undefined, key: string | undefined, message: string]>(
  "readClient() refuses",
  [
    ["a key of another certificate", CLIENT, fixture("good.key"), "it does not belong to the certificate"],
    ["a key without a certificate", undefined, fixture("client.key"), "its certificate is missing"],
    ["a certificate without a key", CLIENT, undefined, "its key is missing"],
    ["a key that is none", CLIENT, "no key", "it is not the PEM text of an unencrypted private key"],
  ],
  ([, cert, key, message]) => void assertThrows(() => readClient(cert, key), TypeError, message),
);

Deno.test("readClient() takes a certificate with its key", () => {
  assertEquals(Object.keys(readClient(CLIENT, fixture("client.key"))), ["cert", "key"]);
});

/** Encodes a text in UTF-16 with a byte order mark, as PowerShell writes files. */
function utf16(text: string): Uint8Array {
  const units = Uint16Array.from(`\ufeff${text}`, (character) => character.charCodeAt(0));
  return new Uint8Array(units.buffer);
}

Deno.test("decodePem() decodes UTF-16", () => {
  assertEquals(decodePem(utf16(CLIENT), "client.pem"), CLIENT);
});
