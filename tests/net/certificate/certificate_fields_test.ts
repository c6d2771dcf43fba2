import { assertEquals } from "@std/assert";
import { readCertificateFields } from "../../../lib/net/certificate/certificate_fields.ts";
import { readElements, readObjectIdentifier, readString } from "../../../lib/net/certificate/der.ts";
import { fixture } from "../../peer/peer.ts";
import { testRows } from "../../_test_rows.ts";

function readFixture(name: string): Uint8Array<ArrayBuffer> {
  const [, base64 = ""] = /-----BEGIN CERTIFICATE-----([^-]*)/.exec(fixture(name)) ?? [];
  return Uint8Array.fromBase64(base64);
}

Deno.test("readCertificateFields() does not mistake one field for another", () => {
  assertEquals(readCertificateFields(readFixture("odd_names.pem")), {
    serial: "0A1B",
    issuer: "O=sonde tests, CN=sonde test CA",
    subject:
      'O=A\\, CN=localhost, OU=one, CN=\\ first, OU=two\\+\\", title=a+organizationIdentifier=B\u00fccher',
    names: [
      { type: "dns", value: "a.test,DNS:localhost" },
      { type: "dns", value: "127.0.0.1" },
      { type: "ip", value: "2001:db8::1" },
      { type: "ip", value: "10.0.0.1" },
    ],
    signatureAlgorithm: "1.2.840.10045.4.3.2",
    extendedKeyUsage: undefined,
    authority: false,
  });
});

Deno.test("readCertificateFields() reads the allowed uses of a certificate", () => {
  const { authority } = readCertificateFields(readFixture("authority.pem"));
  const { extendedKeyUsage } = readCertificateFields(readFixture("not_for_servers.pem"));
  const { signatureAlgorithm } = readCertificateFields(readFixture("sha1.pem"));
  assertEquals([authority, extendedKeyUsage, signatureAlgorithm], [
    true,
    ["1.3.6.1.5.5.7.3.2"],
    "1.2.840.10045.4.1",
  ]);
});

testRows<[serial: string, written: string]>(
  "readCertificateFields() writes a serial number without its sign octet",
  [
    ["020101", "01"],
    ["020100", "00"],
    ["02020080", "80"],
    ["020300ff01", "FF01"],
    ["02020001", "01"],
    ["0203010203", "010203"],
    ["0c0101", ""],
  ],
  ([serial, written]) => {
    const { length } = Uint8Array.fromHex(serial);
    const lengths = [length + 2, length].map((octets) => `30${octets.toString(16).padStart(2, "0")}`);
    const certificate = Uint8Array.fromHex(lengths.join("") + serial);
    assertEquals(readCertificateFields(certificate).serial, written, serial);
  },
  {
    permissions: "none",
  },
);

Deno.test("readCertificateFields() never throws, whatever the octets", () => {
  const whole = readFixture("odd_names.pem");
  for (let length = 0; length < whole.length; length++) readCertificateFields(whole.subarray(0, length));
  for (let offset = 0; offset < whole.length; offset++) {
    for (const octet of [0, 0x1f, 0x80, 0x84, 0xff]) {
      const broken = whole.slice();
      broken[offset] = octet;
      readCertificateFields(broken);
    }
  }
});

const ELEMENTS: readonly (readonly [hex: string, elements: [tag: number, hex: string][]])[] = [
  ["", []],
  ["0500", [[5, ""]]],
  ["05000c0141", [[5, ""], [12, "41"]]],
  ["0c810141", [[12, "41"]]],
  ["0c84000000" + "0141", [[12, "41"]]],
  ["05000c0241", [[5, ""]]],
  ["05000c", [[5, ""]]],
  ["05001f0100", [[5, ""]]],
  ["0500308041", [[5, ""]]],
  ["050030850000000001" + "41", [[5, ""]]],
  ["05003082", [[5, ""]]],
];

for (const [hex, elements] of ELEMENTS) {
  Deno.test({
    name: `readElements() reads ${hex || "nothing"}`,
    permissions: "none",
    fn: () =>
      assertEquals(
        readElements(Uint8Array.fromHex(hex)).map((
          { tag, content },
        ): [number, string] => [tag, content.toHex()]),
        elements,
      ),
  });
}

const IDENTIFIERS = [
  ["550403", "2.5.4.3"],
  ["2a864886f70d010105", "1.2.840.113549.1.1.5"],
  ["883703", "2.999.3"],
  ["27", "0.39"],
  ["", ""],
] as const;

for (const [hex, identifier] of IDENTIFIERS) {
  Deno.test({
    name: `readObjectIdentifier() reads ${hex || "nothing"} as "${identifier}"`,
    permissions: "none",
    fn: () => assertEquals(readObjectIdentifier(Uint8Array.fromHex(hex)), identifier),
  });
}

const STRINGS: readonly (readonly [tag: number, hex: string, text: string | undefined])[] = [
  [0x0c, "c3bc00", "\u00fc\0"],
  [0x0c, "ff", "\ufffd"],
  [0x13, "41", "A"],
  [0x14, "fc", "\u00fc"],
  [0x1e, "00fc004101", "\u00fcA"],
  [0x1c, "0001f600", "\u{1f600}"],
  [0x1c, "ffffffff", "\ufffd"],
  [0x02, "01", undefined],
];

for (const [tag, hex, text] of STRINGS) {
  Deno.test({
    name: `readString() reads ${hex} with the tag ${tag}`,
    permissions: "none",
    fn: () => assertEquals(readString({ tag, content: Uint8Array.fromHex(hex) }), text),
  });
}
