import { assert, assertEquals } from "@std/assert";
import { redactSecrets } from "../../../lib/watch/redaction/redact_secrets.ts";
import { SecretIndex } from "../../../lib/watch/redaction/secret_index.ts";
import { testRows } from "../../_test_rows.ts";
import { ESCAPES, WRITINGS } from "./_writings.ts";
import fc from "../../fast_check.ts";

const SECRET = 'Tr0/ub<4> d\u00f6r\\&"k\u20acy+';

function redact(text: string, ...secrets: string[]): string {
  const index = new SecretIndex();
  for (const secret of secrets) index.add(secret);
  return redactSecrets(text, index);
}

testRows<[written: string]>(
  "redactSecrets() takes out a secret as JSON, URLs, HTML and program texts write it",
  [
    [SECRET],
    ['Tr0\\/ub<4> d\u00f6r\\\\&\\"k\u20acy+'],
    ["Tr0\\u002fub\\u003C4\\u003e d\\u00F6r\\u005c\\u0026\\u0022k\\u20ACy\\u002B"],
    ['Tr0\\/ub\\u003c4> d\\u00f6r\\\\&\\"k\\u20acy+'],
    ["TR0\\U002FUB\\U003C4\\U003E D\\U00D6R\\U005C\\U0026\\U0022K\\U20ACY+"],
    ['Tr0\\\\/ub<4> d\\\\u00f6r\\\\\\\\&\\\\\\"k\\\\u20acy+'],
    ["Tr0%2Fub%3C4%3E%20d%C3%B6r%5C%26%22k%E2%82%ACy%2B"],
    ["Tr0%2fub%3c4%3e+d%c3%b6r%5c%26%22k%e2%82%acy%2b"],
    ["%54%72%30%2F%75%62%3C%34%3E%20%64%C3%B6%72%5C%26%22%6B%E2%82%AC%79%2B"],
    ["Tr0/ub%3C4> d%C3%B6r\\&%22k\u20acy+"],
    ["Tr0%252Fub%253C4%253E%2520d%25C3%25B6r%255C%2526%2522k%25E2%2582%25ACy%252B"],
    ["Tr0/ub%3C4%3E d%F6r%5C%26%22k%u20ACy+"],
    [SECRET.toUpperCase()],
    [SECRET.toLowerCase()],
    ["Tr0/ub&lt;4&gt; d&ouml;r\\&amp;&quot;k&euro;y+"],
    ["Tr0&sol;ub&lt;4&gt; d&#246;r&bsol;&#38;&#34;k&#8364;y&plus;"],
    ["Tr0&#x2f;ub&#x3C;4&#x3e; d&#xF6;r&#x5c;&#x26;&#x22;k&#x20AC;y+"],
    ["Tr0/ub&amp;lt;4&amp;gt; d&amp;ouml;r\\&amp;amp;&amp;quot;k&amp;euro;y+"],
    ["TR0/UB&LT;4&GT; D&OUML;R\\&AMP;&QUOT;K&EURO;Y+"],
    ['Tr0/ub<4> d\xc3\xb6r\\&"k\xe2\x82\xacy+'],
    ['Tr0/ub<4> d\u00c3\u00b6r\\&"k\u00e2\u201a\u00acy+'],
    ['Tr0/ub<4> d\xc3\x83\xc2\xb6r\\&"k\xc3\xa2\xc2\x82\xc2\xacy+'],
    ['Tr0/ub<4> d\\xc3\\xb6r\\\\&"k\\xe2\\x82\\xacy+'],
    ['Tr0/ub<4> d\\303\\266r\\\\&"k\\342\\202\\254y+'],
    ['Tr0/ub<4> d\\xf6r\\\\&\\"k\\u{20ac}y+'],
    ['Tr0/ub<4> d=C3=B6r\\&"k=E2=82=ACy+'],
    ["Tr0/ub=3C4>=\r\n d=c3=b6r\\&=22k=e2=82=acy+"],
    ['T\0r\x000\0/\0u\0b\0<\x004\0>\0 \0d\0\xf6\0r\0\\\0&\0"\0k\0\xac\x20y\0+\0'],
    ['\0T\0r\x000\0/\0u\0b\0<\x004\0>\0 \0d\0\xf6\0r\0\\\0&\0"\0k\x20\xac\0y\0+'],
  ],
  ([written]) => {
    // A decoder may take a character more, at most.
    const redacted = redact(`key: (${written}) end`, SECRET);
    assertEquals(redacted.replace(/^key: \(\*\*\*\0?\) end$/, "***"), "***");
  },
  { permissions: "none" },
);

testRows<[written: string, before: string, after: string]>(
  "redactSecrets() takes out a secret in Base64 and in numbers",
  [...["", "u", "us", "use"].flatMap((before): [string, string, string][] => {
    const octets = new TextEncoder().encode(`${before}:${SECRET}:and more`);
    const lines = octets.toBase64().replace(/.{20}/g, "$&\r\n");
    return [
      [octets.toBase64(), before, ":and more"],
      [octets.toBase64({ alphabet: "base64url" }), before, ":and more"],
      [lines, before, ":and more"],
      [octets.toBase64().replaceAll("/", "\\/"), before, ":and more"],
      [encodeURIComponent(octets.toBase64()), before, ":and more"],
    ];
  })],
  ([written, before, after]) => {
    const [, head, tail] = /^(.*?)\*\*\*(.*)$/s.exec(redact(written, SECRET)) ?? [];
    // The characters that hold bits of the secret are gone.
    assertEquals([head?.length, (tail ?? "").length < after.length * 2 + 6], [
      Math.floor((before.length + 1) * 8 / 6),
      true,
    ]);
  },
  { permissions: "none" },
);

testRows<[written: string, redacted: string]>(
  "redactSecrets() takes out a secret in hexadecimal and decimal numbers",
  [
    ["key 73336372657420706c616365 end", "key *** end"],
    ["key 73336372657420706C616365 end", "key *** end"],
    ["key f73336372657420706c616365 end", "key f*** end"],
    ["73:33:63:72:65:74:20:70:6c:61:63:65", "***"],
    ["73 33 63 72 65 74 20 70  6c 61 63 65", "***"],
    ["0x73, 0x33, 0x63, 0x72, 0x65, 0x74, 0x20, 0x70, 0x6c, 0x61, 0x63, 0x65", "0x***"],
    [
      '{"type":"Buffer","data":[115,51,99,114,101,116,32,112,108,97,99,101]}',
      '{"type":"Buffer","data":[***]}',
    ],
    ["\\x73\\x33\\x63\\x72\\x65\\x74\\x20\\x70\\x6c\\x61\\x63\\x65", "***"],
    [Uint8Array.from(new TextEncoder().encode("s\x003\0c\0r\0e\0t\0 \0p\0l\0a\0c\0e\0")).toBase64(), "***A"],
    ["\u3373\u7263\u7465\u7020\u616c\u6563", "***"],
    ["\u7333\u6372\u6574\u2070\u6c61\u6365", "***"],
  ],
  ([written, redacted]) => {
    assertEquals(redact(written, "s3cret place"), redacted);
  },
  { permissions: "none" },
);

testRows<[text: string, redacted: string]>("redactSecrets() takes out parts of eight characters or more", [
  ["Tr0/ub<4", "***"],
  ["Tr0/ub<", "Tr0/ub<"],
  ["/ub<4> d", "***"],
  ['ends with r\\&"k\u20acy+', "ends with ***"],
  ['Tr0/ub<4\r\n> d\u00f6r\\&"', "***\r\n***"],
  ["Tr0%2fub%3", "Tr0%2fub%3"],
  ["Tr0%2fub%3c4%3", "***%3"],
  ["VHIwL3ViPDQ=", "***="],
], ([text, redacted]) => {
  assertEquals(redact(text, SECRET), redacted);
}, { permissions: "none" });

testRows<[written: string]>(
  "redactSecrets() takes out a secret whose lines became one line",
  [["s3c ret pl4"], ["s3c\u00a0ret\u2028pl4"], ["S3C\tRET+PL4"]],
  ([written]) => {
    assertEquals(redact(`(${written})`, "s3c\r\nret \t\n pl4"), "(***)");
    assertEquals(redact(`(${written})`, "s3c\nret\tpl4"), "(***)");
  },
  { permissions: "none" },
);

testRows<[relative: string]>(
  "redactSecrets() takes out a secret that became a part of a URL",
  [['b0dy\\sec\tQ8\u00e9"z1'], ['?q=b0dy\\sec\tQ8\u00e9"z1'], ['#b0dy\\sec\tQ8\u00e9"z1']],
  ([relative]) => {
    const url = new URL(relative, "http://127.0.0.1/x/").href;
    const secret = 'b0dy\\sec\tQ8\u00e9"z1';
    assertEquals(redact(url, secret).replace(/^http:\/\/127\.0\.0\.1\/x\/(?:\?q=|#)?\*\*\*$/, "***"), "***");
  },
  { permissions: "none" },
);

testRows<[text: string, redacted: string]>(
  "redactSecrets() takes out what is left of a secret beside the mark of a cut",
  [
    ["k=Tr0/…", "k=***…"],
    ["k=Tr0…", "k=Tr0…"],
    ["k=Tr0%2…", "k=Tr0%2…"],
    ["k=Tr0%2f%7…", "k=***…"],
    ["k=Tr0\\u002fu\\u00…", "k=***…"],
    ["k=Tr0&#47;u&#6…", "k=***…"],
    ["k=Tr0/u=3…", "k=***…"],
    ["Basic bWU6VHIwL3ViP…", "Basic bWU6***…"],
    ["k=Tr0/ub<…k\u20acy+", "k=***…***"],
    ["…cy+", "…cy+"],
  ],
  ([text, redacted]) => {
    assertEquals(redact(text, SECRET), redacted);
  },
  { permissions: "none" },
);

/** A body of requests that a task file takes from a file. */
const DOCUMENT = `{
  "customer": "the customer of this order",
  "quantity": 12,
  "description": "a description that says nothing",
  "token": "kXq7-Lm2v_Zp9wRt",
  "links": ["https://shop.example/orders", "http://www.example.com/"],
  "type": "application/json",
  "remark": "Please deliver before noon, and ring the bell twice, or leave it with the people next door."
}`;

testRows<[text: string, secret: string, redacted: string]>("redactSecrets() leaves ordinary text alone", [
  ["production is down", "production-eu", "production is down"],
  ["reproductions", "production-eu", "reproductions"],
  ["production-eu is down", "production-eu", "*** is down"],
  ["production-e", "production-eu", "***"],
  ["producti", "production-eu", "***"],
  ["the production…", "production-eu", "the ***…"],
  ["from 2026-11-30 to 2026-12-01T10:00:00.000Z", "2026", "from 2026-11-30 to 2026-12-01T10:00:00.000Z"],
  ["Date: Mon, 30 Nov 2026 14:09:59 GMT", "2026", "Date: Mon, 30 Nov 2026 14:09:59 GMT"],
  ["took 12026 ms, 1.20261 s, 20260 ms", "2026", "took 12026 ms, 1.20261 s, 20260 ms"],
  ["pin 2026, k=2026&x, x2026y, a2026, 2026", "2026", "pin ***, k=***&x, x***y, a***, ***"],
  ["2026-11-30-2026", "2026", "2026-11-30-***"],
  [`sha256 ${"ab".repeat(15)}cafe`, "cafe", `sha256 ${"ab".repeat(15)}cafe`],
  ["cafe, abcafe, 32303236", "cafe", "***, ab***, 32303236"],
  ["%32%30%32%36 1%32%30%32%36", "2026", "*** 1***"],
  ["a wrong passcode", "password", "a wrong passcode"],
  ["the password", "password", "the ***"],
  ["passwor", "password", "passwor"],
  ["https://home.example/", "https://hooks.example/T0/B1", "https://home.example/"],
  ["-------- 0000000000", "a--------b0000000000", "-------- 0000000000"],
  ["xkqjzvwp alone", "xkqjzvwp-rtghbnml", "*** alone"],
  ["correct horse", "correct horse battery staple", "***"],
  ["the customer's description", DOCUMENT, "the customer's description"],
  ["this customer reply", DOCUMENT, "this customer reply"],
  ['{\n  "customer": "nobody"}', DOCUMENT, '{\n  "customer": "nobody"}'],
  ["Content-Type: application/json", DOCUMENT, "Content-Type: application/json"],
  ["https://other.example/", DOCUMENT, "https://other.example/"],
  ["the token kXq7-Lm2v_", DOCUMENT, "the token ***"],
  [DOCUMENT.slice(60, 150), DOCUMENT, "***"],
  ["order: the customer of this order", DOCUMENT, "order: ***"],
], ([text, secret, redacted]) => {
  assertEquals(redact(text, secret), redacted);
}, { permissions: "none" });

Deno.test("redactSecrets() takes a time that grows with the text, not with the secrets", {
  permissions: "none",
}, () => {
  const letters = "abcdefghijklmnopqrstuvwxyz0123456789+/";
  const texts = [10_000, 20_000].map((length) =>
    Array.from({ length }, (_, at) => letters[(at * at + 7 * at) % 37]).join("")
  );
  // A text that is all beginning of a long secret would take days if each place were compared to its end.
  const long = "a".repeat(100_000);
  assertEquals(redact(long, `${long}b`, `${long}c`), "***");
  assertEquals(redact(texts[1]!, texts[0]!.slice(0, 9000) + "x"), redact(texts[1]!, texts[0]! + "y"));
});

Deno.test("redactSecrets() leaves no eight characters of a random secret, however a server writes it", {
  permissions: "none",
}, () => {
  fc.assert(
    fc.property(
      randomSecret(),
      randomWriting(),
      fc.nat(),
      fc.nat(40),
      fc.nat(40),
      (secret, names, seed, before, after) => {
        const write = (text: string): string => names.reduce((it, name) => WRITINGS[name]!(it, seed), text);
        const part = secret.slice(before, secret.length - after).toWellFormed();
        fc.pre(part.length >= 9 && isVaried(part));
        const text = `x: "${write(part)}" .`;
        const shown = redact(text, secret);
        // What is left is less than eight characters, as long as they may be written.
        const left = shown.replace('x: "', "").replaceAll("***", "").length - 3;
        const longest = write("\u{1f600}".repeat(4)).length;
        assert(shown.includes("***") && left < longest, JSON.stringify({ secret, names, text, shown }));
        assert(!hasPart(shown, secret), JSON.stringify({ secret, names, text, shown }));
      },
    ),
    { numRuns: 500, seed: 14 },
  );
});

function randomSecret(): fc.Arbitrary<string> {
  const plain = fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code));
  const other = fc.constantFrom("\u00e4", "\u00df", "\u00e9", "\u20ac", "\u017e", "\u4e2d", "\u{1f600}", " ");
  const character = fc.oneof({ weight: 8, arbitrary: plain }, { weight: 1, arbitrary: other });
  return fc.array(character, { minLength: 12, maxLength: 60 }).map((all) => all.join(""));
}

/** A writing, and perhaps an escape around it. */
function randomWriting(): fc.Arbitrary<string[]> {
  const [first, second] = [fc.constantFrom(...Object.keys(WRITINGS)), fc.constantFrom(...ESCAPES)];
  return fc.oneof(fc.tuple(first), fc.tuple(first, second));
}

/** Tells if no eight characters in a row are of one or two kinds. */
function isVaried(text: string): boolean {
  return Array.from({ length: text.length - 7 }, (_, at) => new Set(text.slice(at, at + 8)).size).every((
    size,
  ) => size > 2);
}

function hasPart(text: string, secret: string): boolean {
  return Array.from(secret, (_, at) => secret.slice(at, at + 8)).some((part) =>
    part.length === 8 && text.includes(part)
  );
}
