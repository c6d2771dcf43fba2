import { assertEquals, assertThrows } from "@std/assert";
import {
  formatAuthority,
  formatUrl,
  parseTarget,
  schemesToTry,
  settleTarget,
  toTarget,
} from "../../lib/target/target.ts";
import { stepRows, testRows } from "../_test_rows.ts";

/** What is written, and the URL, `Host` and schemes that follow; the first scheme is the one that the URL has. */
const TARGETS: readonly (readonly [input: string, url: string, authority: string, schemes: string])[] = [
  ["http://example.org/", "http://example.org/", "example.org", "http"],
  ["https://example.org", "https://example.org/", "example.org", "https"],
  ["HTTP://EXAMPLE.org/Path", "http://example.org/Path", "example.org", "http"],
  ["example.org", "https://example.org/", "example.org", "https,http"],
  ["  example.org\t", "https://example.org/", "example.org", "https,http"],
  ["example.org:8080", "https://example.org:8080/", "example.org:8080", "https,http"],
  ["example.org:80", "http://example.org/", "example.org", "http"],
  ["example.org:443/x", "https://example.org/x", "example.org", "https"],
  ["http://example.org:443/", "http://example.org:443/", "example.org:443", "http"],
  ["http://example.org:/", "http://example.org/", "example.org", "http"],
  ["http://example.org:0080/", "http://example.org/", "example.org", "http"],
  ["http://example.org:65535", "http://example.org:65535/", "example.org:65535", "http"],
  ["http://example.org./", "http://example.org./", "example.org.", "http"],
  ["localhost", "https://localhost/", "localhost", "https,http"],
  ["https", "https://https/", "https", "https,http"],
  ["127.0.0.1:81", "https://127.0.0.1:81/", "127.0.0.1:81", "https,http"],
  ["http://[::1]/", "http://[::1]/", "[::1]", "http"],
  ["http://[0:0::1]:8080/a", "http://[::1]:8080/a", "[::1]:8080", "http"],
  ["::1", "https://[::1]/", "[::1]", "https,http"],
  ["[::1]:80", "http://[::1]/", "[::1]", "http"],
  ["fe80::1%lo", "https://[fe80::1%25lo]/", "[fe80::1]", "https,http"],
  ["http://[fe80::1%25eth0.5]:81/", "http://[fe80::1%25eth0.5]:81/", "[fe80::1]:81", "http"],
  ["http://[fe80::1%eth0]/", "http://[fe80::1%25eth0]/", "[fe80::1]", "http"],
  ["http://münchen.example/", "http://xn--mnchen-3ya.example/", "xn--mnchen-3ya.example", "http"],
  ["http://例え.テスト/", "http://xn--r8jz45g.xn--zckzah/", "xn--r8jz45g.xn--zckzah", "http"],
  ["http://a_b.example/", "http://a_b.example/", "a_b.example", "http"],
  ["http://xn--a.test/", "http://xn--a.test/", "xn--a.test", "http"],
  ["http://XN--A.test:81/", "http://xn--a.test:81/", "xn--a.test:81", "http"],
  ["xn--a", "https://xn--a/", "xn--a", "https,http"],
  ["http://a.xn--/", "http://a.xn--/", "a.xn--", "http"],
  ["http://-a.b-.c_/", "http://-a.b-.c_/", "-a.b-.c_", "http"],
  ["http://_sip._tcp.h/", "http://_sip._tcp.h/", "_sip._tcp.h", "http"],
  ["http://a..b../", "http://a..b../", "a..b..", "http"],
  [`http://${"a".repeat(70)}.h/`, `http://${"a".repeat(70)}.h/`, `${"a".repeat(70)}.h`, "http"],
  ["http://a!$&'()*+,;=~/", "http://a!$&'()*+,;=~/", "a!$&'()*+,;=~", "http"],
  ["http://ex%61mple.org/", "http://example.org/", "example.org", "http"],
  ["http://m%C3%BCnchen.example/", "http://xn--mnchen-3ya.example/", "xn--mnchen-3ya.example", "http"],
  ["http://256.1.1.1/", "http://256.1.1.1/", "256.1.1.1", "http"],
  ["http://1.2.3.4.5/", "http://1.2.3.4.5/", "1.2.3.4.5", "http"],
  ["http://127.1/", "http://127.0.0.1/", "127.0.0.1", "http"],
  ["http://0x7F.1./", "http://127.0.0.1/", "127.0.0.1", "http"],
  ["http://h?a=b", "http://h/?a=b", "h", "http"],
  ["http://h/a?b#c", "http://h/a?b", "h", "http"],
  ["http://h#c", "http://h/", "h", "http"],
  ["http://h/a/../b/./c//d", "http://h/a/../b/./c//d", "h", "http"],
  ["http://h/%7e%zz%", "http://h/%7e%zz%", "h", "http"],
  ["http://h/a b?ü=€", "http://h/a%20b?%C3%BC=%E2%82%AC", "h", "http"],
  ["http://h/\ud800", "http://h/%EF%BF%BD", "h", "http"],
  ['http://h/"<>\\^`{|}', 'http://h/"<>\\^`{|}', "h", "http"],
  ["http://h/@:[]?://x", "http://h/@:[]?://x", "h", "http"],
  ["h/http://x", "https://h/http://x", "h", "https,http"],
  ["http://9610/", "http://0.0.37.138/", "0.0.37.138", "http"],
  ["9610:81", "https://0.0.37.138:81/", "0.0.37.138:81", "https,http"],
  ["http:81/x", "https://http:81/x", "http:81", "https,http"],
  ["http://http/", "http://http/", "http", "http"],
  ["http://user:secret@h/", "http://h/", "h", "http"],
];

testRows("parseTarget() reads URLs and hosts", TARGETS, ([input, url, authority, schemes]) => {
  const target = parseTarget(input);
  const tried = schemesToTry(target);
  const settled = settleTarget(target, tried[0]!);
  const got = [target.input, formatUrl(settled), formatAuthority(settled), tried.join()];
  assertEquals(got, [input, url, authority, schemes]);
  assertEquals(
    formatUrl(settleTarget(parseTarget(url), tried[0]!)),
    url,
    "a URL that was written reads the same",
  );
}, { permissions: "none" });

testRows<readonly [userinfo: string, credentials: [string, string] | undefined]>(
  "parseTarget() decodes user and password",
  [
    ["u:p@", ["u", "p"]],
    ["u@", ["u", ""]],
    [":p@", ["", "p"]],
    ["@", undefined],
    [":@", undefined],
    ["u:p:q@", ["u", "p:q"]],
    ["u%40x:%C3%BC%3A@", ["u@x", "ü:"]],
    ["a@b:c@", ["a@b", "c"]],
    ["jos%E9:%C3%BC%FF%f0%9f%98%80%F0@", ["jos\udce9", "ü\udcff😀\udcf0"]],
    ["", undefined],
  ],
  ([userinfo, credentials]) => {
    const both = ["http://", ""].map((scheme) => parseTarget(`${scheme}${userinfo}h.example:81/`));
    const read = both.map(({ credentials: found }) => found && [found.user, found.password]);
    assertEquals(read, [credentials, credentials]);
    assertEquals(both.map(({ host, port }) => [host, port]), [["h.example", 81], ["h.example", 81]]);
  },
  { permissions: "none" },
);

testRows<readonly [input: string, cause: string]>(
  "parseTarget() refuses invalid text, and names the input and the cause",
  [
    ["", "it is empty"],
    [" \t", "it is empty"],
    ["ftp://h/", "the scheme ftp is not http or https"],
    ["file:///etc/passwd", "the scheme file is not http or https"],
    ["http://", "it has no host"],
    ["http:///path", "it has no host"],
    ["//h/path", "it has no host"],
    ["/path", "it has no host"],
    ["?q", "it has no host"],
    ["http://:80/", "it has no host"],
    ["http://user@/", "it has no host"],
    ["http:/example.org", "write http://"],
    ["https:", "write https://"],
    ["http://h:0/", 'the port "0"'],
    ["http://h:65536/", 'the port "65536"'],
    ["h:http", 'the port "http"'],
    ["http://h:+80/", 'the port "+80"'],
    ["http://h:8 0/", 'the port "8 0"'],
    ["h:-1", 'the port "-1"'],
    ["http://h:80:80/", "it has two ports, leave one out"],
    ["http://::1/", "write the IPv6 address in brackets, [::1]"],
    ["h:80:", "it ends in a colon too many, write h:80"],
    ["127.0.0.1:80:", "it ends in a colon too many, write 127.0.0.1:80"],
    ["http:example.org", "write http://example.org"],
    ["http:127.0.0.1:81/x", "write http://127.0.0.1:81/x"],
    ["https//example.org/", "write https://example.org/"],
    ["https/example.org/", "write https://example.org/"],
    ["http;//example.org", "write http://example.org"],
    ["http:\\\\h\\a", "write http://h/a"],
    ["http://\\h", "write http://h"],
    ["http:////h", "it has no host, write http://h"],
    ["htp://h:81/a", "the scheme htp is not http or https, write http://h:81/a"],
    ["constructor://h/", "the scheme constructor is not http or https"],
    ["hhttps://h", "the scheme hhttps is not http or https, write https://h"],
    ["ttps://h", "the scheme ttps is not http or https, write https://h"],
    ["wss://h/chat", "the scheme wss is not http or https, write https://h/chat"],
    ["<http://h/>", "leave out the angle brackets"],
    ['"http://h/"', "leave out the quotes"],
    ["http://a/ http://b/", "it has two URLs: write one at a time"],
    ["http://a/,http://b/", "it has two URLs: write one at a time"],
    ["a b", "a host has no blanks"],
    [":8080/x", "it has no host, write localhost:8080 for this machine"],
    ["9610", "as a host the address 0.0.37.138; write that address, or HOST:9610 for the port"],
    ["0x7f000001/x", "as a host the address 127.0.0.1"],
    ["99999999999", "it is a number, not a host"],
    ["http://[::1/", "write an IPv6 address in brackets"],
    ["http://[::1]x/", "write an IPv6 address in brackets"],
    ["http://[::g]/", "is not a valid host"],
    ["http://[127.0.0.1]/", "is not a valid host"],
    ["http://[fe80::1%]/", "is not a valid"],
    ["http://[fe80::1%e/0]/", "write an IPv6 address in brackets"],
    ["http://a%20b/", "is not a valid host"],
    ["http://a%2fb/", "is not a valid host"],
    ["http://a%zz/", "is not a valid host"],
    ["http://a%E9/", "is not a valid host"],
    ["http://a%2561/", "is not a valid host"],
    ["http://a%00/", "is not a valid host"],
    ['http://a"b/', "is not a valid host"],
    ["http://a|b/", "is not a valid host"],
    ["http://ü.xn--a.test/", "is not a valid host"],
    ["http://a b/", "is not a valid host"],
    ["http://a\\b/", "is not a valid host"],
    ["http://<h>/", "is not a valid host"],
    ["http://a\\@b/", "write it %5C"],
    ["a\\b:c@d", "write it %5C"],
    ["http://h/\r\nX: y", "it has a control character"],
    ["http://h\0/", "it has a control character"],
    ["http://u:%zz@h/", "without two hexadecimal digits"],
  ],
  ([input, cause]) => {
    const error = assertThrows(() => parseTarget(input), SyntaxError, cause, input);
    assertEquals(error.message.startsWith(`Cannot probe ${JSON.stringify(input)}: `), true, error.message);
  },
  { permissions: "none" },
);

Deno.test("toTarget() accepts only a text, a URL or a result of parseTarget()", {
  permissions: "none",
}, async (test) => {
  const target = parseTarget("http://a.test:8080/b");
  assertEquals(toTarget("http://a.test:8080/b"), target);
  assertEquals(toTarget(new URL("http://a.test:8080/b")), target);
  assertEquals(toTarget(target) === target, true);
  await stepRows(test, [null, undefined, 7, {}, { path: "/" }, { host: "a.test" }], (other) => {
    assertThrows(() => toTarget(other as never), TypeError, "pass a URL or a host");
  });
});
