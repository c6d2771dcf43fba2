import { assertEquals, assertThrows } from "@std/assert";
import { decodeLatin1 } from "../../lib/http/octets.ts";
import { type RequestParts, serializeRequest } from "../../lib/http/request.ts";

function pureTest(name: string, fn: () => void): void {
  Deno.test({ name, permissions: "none", fn });
}

const GET: RequestParts = { method: "GET", target: "/", headers: [] };

const written: readonly (readonly [name: string, parts: Partial<RequestParts>, wire: string])[] = [
  ["no fields", {}, "GET / HTTP/1.1\r\n\r\n"],
  [
    "order, case and duplicates",
    { headers: [["b", "1"], ["A", "2"], ["b", "3"]] },
    "GET / HTTP/1.1\r\nb: 1\r\nA: 2\r\nb: 3\r\n\r\n",
  ],
  ["an empty value", { headers: [["A", ""]] }, "GET / HTTP/1.1\r\nA:\r\n\r\n"],
  ["a method in lower case", { method: "get" }, "get / HTTP/1.1\r\n\r\n"],
  ["HTTP/1.0", { version: "1.0" }, "GET / HTTP/1.0\r\n\r\n"],
  ["authority-form", { method: "CONNECT", target: "a:443" }, "CONNECT a:443 HTTP/1.1\r\n\r\n"],
  ["asterisk-form", { method: "OPTIONS", target: "*" }, "OPTIONS * HTTP/1.1\r\n\r\n"],
  ["absolute-form", { target: "http://a/b?c" }, "GET http://a/b?c HTTP/1.1\r\n\r\n"],
  ["octets outside ASCII", { headers: [["A", "\xe9"]] }, "GET / HTTP/1.1\r\nA: \xe9\r\n\r\n"],
  ["a body, framed by nobody", { body: new Uint8Array([0, 13, 255]) }, "GET / HTTP/1.1\r\n\r\n\0\r\xff"],
];

for (const [name, parts, wire] of written) {
  pureTest(`serializeRequest() writes ${name}`, () => {
    assertEquals(decodeLatin1(serializeRequest({ ...GET, ...parts })), wire);
  });
}

const refused: readonly Partial<RequestParts>[] = [
  { method: "" },
  { method: "GE T" },
  { method: "GET\r\n" },
  { target: "" },
  { target: "/a b" },
  { target: "/\r\nX: y" },
  { target: "/\0" },
  { target: "/\t" },
  { version: "1.1\r\nX: y" },
  { version: "2" },
  { headers: [["", "a"]] },
  { headers: [["A:", "a"]] },
  { headers: [["A\n", "a"]] },
  { headers: [["A", "a\rb"]] },
  { headers: [["A", "a\nb"]] },
  { headers: [["A", "a\0"]] },
];

for (const parts of refused) {
  pureTest(`serializeRequest() refuses ${JSON.stringify(parts)}`, () => {
    assertThrows(() => serializeRequest({ ...GET, ...parts }), TypeError, "Cannot write a request with the ");
  });
}

pureTest("serializeRequest() shows refused UTF-8 as text", () => {
  const value = "\xc3\xa9\n";
  assertThrows(
    () => serializeRequest({ ...GET, headers: [["A", value]] }),
    TypeError,
    'value "\u00e9\\n" of',
  );
  assertThrows(() => serializeRequest({ ...GET, target: "\xe9 " }), TypeError, 'target "\u00e9 "');
});

pureTest("serializeRequest() refuses characters that are no octet", () => {
  assertThrows(() => serializeRequest({ ...GET, target: "/\u0100" }), RangeError, "above U+00FF");
  assertThrows(() => serializeRequest({ ...GET, headers: [["A", "\u010a"]] }), RangeError, "above U+00FF");
});
