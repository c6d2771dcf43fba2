import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { findRedirect, isSameOrigin, redirectRequest } from "../../lib/probe/redirect.ts";
import { headerChanges } from "../../lib/probe/header_changes.ts";
import type { ProbeOptions } from "../../lib/probe/options.ts";
import { formatUrl, parseTarget, type SettledTarget, settleTarget } from "../../lib/target/target.ts";
import { stepRows, testRows } from "../_test_rows.ts";

function settled(url: string): SettledTarget {
  const target = parseTarget(url);
  return settleTarget(target, target.scheme!);
}

/** One code unit for each octet of UTF-8. */
function utf8(text: string): string {
  return String.fromCharCode(...new TextEncoder().encode(text));
}

/** Each Location beside the URL that it is found at, and the URL that it leads to. */
const LOCATIONS: readonly (readonly [from: string, location: string, to: string])[] = [
  ["http://h/a/b?c", "d", "http://h/a/d"],
  ["http://h/a/b?c", "/d", "http://h/d"],
  ["http://h/a/b?c", "../d?e", "http://h/d?e"],
  ["http://h/a/b?c", "?x", "http://h/a/b?x"],
  ["http://h/a/b?c", "", "http://h/a/b?c"],
  ["http://h/a/b", "#part", "http://h/a/b"],
  ["https://h/a", "//other:81/x", "https://other:81/x"],
  ["http://h/", "https://h/", "https://h/"],
  ["http://h:81/", "HTTP://H:80/", "http://h/"],
  ["http://h/", "http://o/a b", "http://o/a%20b"],
  ["http://h/", utf8("/ü?ö"), "http://h/%C3%BC?%C3%B6"],
  ["http://h/", "/jos\xe9", "http://h/jos%E9"],
  ["http://h/", "/a?b=\xe9\xff&\x80#\xe9", "http://h/a?b=%E9%FF&%80"],
  ["http://h/", `${utf8("/é")}\xe9%e9%`, "http://h/%C3%A9%E9%e9%"],
  ["http://h/a/", "\xe9", "http://h/a/%E9"],
  ["http://h/a/", "http://o/\xe9/../\xfc", "http://o/%FC"],
  ["http://h/jos%E9/x", "y", "http://h/jos%E9/y"],
  ["http://h/", utf8("http://bücher.example/"), "http://xn--bcher-kva.example/"],
  ["http://h/", "http://b%C3%BCcher.example/", "http://xn--bcher-kva.example/"],
  ["http://[fe80::1%25lo]/a", "b", "http://[fe80::1%25lo]/b"],
  ["http://[fe80::1%25lo]:81/a", "http://[fe80::1]:82/", "http://[fe80::1%25lo]:82/"],
  ["http://[fe80::1%25lo]/a", "http://[fe80::2]/", "http://[fe80::2]/"],
  ["http://[::1]:81/a", "//[::1]/", "http://[::1]/"],
  ["http://h/", "\\\\x\\y", "http://x/y"],
  ["http://h/a/b", "///x/y", "http://x/y"],
  ["http://h/a/b", "////x/y", "http://x/y"],
  ["http://h/a/b", "/\\x/y", "http://x/y"],
  ["http://h/a/b", "\\/\\x", "http://x/"],
  ["http://h/a/b", "///x//y", "http://x//y"],
  ["http://h/a/b", "///x?y", "http://x/?y"],
  ["https://h/a/b", "///x:81\\y", "https://x:81/y"],
  ["http://h/a/b", "http:///x/y", "http://x/y"],
  ["http://h/a/b", "http:x/y", "http://h/a/x/y"],
  ["http://h/a/b", "http:/x/y", "http://h/x/y"],
  ["http://h/a/b", "http:\\x", "http://h/x"],
  ["http://h/a/b", "http:javascript:x", "http://h/a/javascript:x"],
  ["http://h/a/b?c", "http:", "http://h/a/b?c"],
  ["http://h/a/b?c", "http:?d", "http://h/a/b?d"],
  ["http://h/a/b", "https:x/y", "https://x/y"],
  ["http://h/a/b", "https:/x/y", "https://x/y"],
  ["http://h/a/b", "HTTPS:\\\\\\x", "https://x/"],
  ["http://h/a/b", "\x01 /x\x1f ", "http://h/x"],
  ["http://h/a/b", "/x\ty", "http://h/xy"],
  ["http://h/a/b", "/x\x01y\x7f", "http://h/x%01y%7F"],
  ["http://h/a/b", "/x/%2e%2E/y/.", "http://h/y/"],
  ["http://h/a/b", "./x:y", "http://h/a/x:y"],
  ["http://h/a/b", ":80/x", "http://h/a/:80/x"],
  ["http://h/a/b", "//x@y@z:81/", "http://z:81/"],
  ["http://h/a/b", "//127.1/", "http://127.0.0.1/"],
  ["http://h/", "http://xn--a.test/x", "http://xn--a.test/x"],
  ["http://xn--a.test:81/a/b", "c", "http://xn--a.test:81/a/c"],
  ["http://a..b:81/a/b", "https:c", "https://c/"],
  ["http://h/", "//-a_b.test./x", "http://-a_b.test./x"],
];

testRows(
  "findRedirect() resolves Location like the URL parser, octet by octet",
  [301, 302, 303, 307, 308].flatMap((status) =>
    LOCATIONS.map(([from, location, to]) => [`${status} ${location}`, status, from, location, to] as const)
  ),
  ([, status, from, location, to]) => {
    const found = findRedirect(status, [["LOCATION", location]], settled(from));
    assert(found.type === "to", `${location}: ${JSON.stringify(found)}`);
    assertEquals(formatUrl(found.target), to, location);
    assertEquals(found.target.input, from, "the input stays what the user wrote");
  },
  { permissions: "none" },
);

testRows<readonly [locations: string[], cause: string]>(
  "findRedirect() explains why a Location cannot be followed",
  [
    [["http://"], 'Location "http://" is not a URL'],
    [["http://h:99999/"], "is not a URL"],
    [["http://[::1/"], "is not a URL"],
    [["ftp://h/x"], "leads to ftp:"],
    [["file:///etc/passwd"], "leads to file:"],
    [["javascript:alert(1)"], "leads to javascript:"],
    [["data:,x"], "leads to data:"],
    [["mailto:a@b"], "leads to mailto:"],
    [["http://h:0/"], "port"],
    [["//"], "is not a URL: it has no host"],
    [["https:"], "is not a URL: it has no host"],
    [
      ["http://b\xfccher.example/"],
      'Location "http://b%FCcher.example/" is not a URL: "b%FCcher.example" is not a valid',
    ],
    [["http://a%20b/"], "is not a valid host"],
    [["//[fe80::1%25lo]/"], "it has a zone"],
    [["/a", "/b"], "2 different Location fields"],
  ],
  ([locations, cause]) => {
    const fields = locations.map((location) => ["Location", location] as [string, string]);
    const found = findRedirect(302, fields, settled("http://h/"));
    assert(found.type === "invalid", JSON.stringify(found));
    assertStringIncludes(found.cause, cause);
  },
  { permissions: "none" },
);

Deno.test("findRedirect() finds no redirect in other answers", { permissions: "none" }, async (test) => {
  await stepRows(test, [200, 201, 300, 304, 305, 306, 309, 399, 400], (status) => {
    assertEquals(findRedirect(status, [["Location", "/x"]], settled("http://h/")), { type: "none" });
  });
  assertEquals(findRedirect(302, [["X-Location", "/x"]], settled("http://h/")), { type: "none" });
  const twice = findRedirect(302, [["Location", "/x"], ["location", "/x"]], settled("http://h/"));
  assertEquals(twice.type, "to", "the same Location twice is one");
});

testRows<readonly [location: string, user: string | undefined]>(
  "findRedirect() carries the user and password of the URL within one origin only",
  [
    ["/b", "u"],
    ["http://h/b", "u"],
    ["http://H:80/b", "u"],
    ["http://v:q@h/b", "v"],
    ["https://h/b", undefined],
    ["http://h:81/b", undefined],
    ["//o/b", undefined],
    ["//jos\xe9:%@o/b", "jos\udce9"],
    ["http://v:q@o/b", "v"],
  ],
  ([location, user]) => {
    const found = findRedirect(302, [["Location", location]], settled("http://u:p@h/a"));
    assert(found.type === "to");
    assertEquals(found.target.credentials?.user, user, location);
  },
  {
    permissions: "none",
  },
);

Deno.test("isSameOrigin() compares scheme, host and port", { permissions: "none" }, () => {
  const from = settled("http://h/");
  assertEquals(
    ["http://H:80/x", "https://h:80/", "http://h:81/", "http://g/"].map((url) =>
      isSameOrigin(from, settled(url))
    ),
    [
      true,
      false,
      false,
      false,
    ],
  );
});

testRows<readonly [method: string | undefined, status: number, next: string, keepsBody: boolean]>(
  "redirectRequest() changes the method by the rules of RFC 9110",
  [
    [undefined, 301, "GET", true],
    ["GET", 303, "GET", false],
    ["POST", 301, "GET", false],
    ["POST", 302, "GET", false],
    ["POST", 303, "GET", false],
    ["POST", 307, "POST", true],
    ["POST", 308, "POST", true],
    ["PUT", 301, "PUT", true],
    ["PUT", 302, "PUT", true],
    ["PUT", 303, "GET", false],
    ["DELETE", 308, "DELETE", true],
    ["HEAD", 302, "HEAD", true],
    ["HEAD", 303, "HEAD", true],
  ],
  ([method, status, next, keepsBody]) => {
    const headers: [string, string][] = [
      ["Content-Type", "a/b"],
      ["content-encoding", "gzip"],
      ["Transfer-Encoding", "chunked"],
      ["Expect", "100-continue"],
      ["X", "y"],
    ];
    const options: ProbeOptions = { ...(method && { method }), body: "b", headers };
    const changed = redirectRequest(options, status, settled("http://h/a"), settled("http://h/b"));
    const name = `${method} ${status}`;
    assertEquals(changed.method ?? "GET", next, name);
    assertEquals(changed.body, keepsBody ? "b" : undefined, name);
    assertEquals(headerChanges(changed.headers ?? []).length, keepsBody ? headers.length : 1, name);
  },
  { permissions: "none" },
);

Deno.test(
  "redirectRequest() drops fields that belong to one origin",
  { permissions: "none" },
  async (test) => {
    const options: ProbeOptions = {
      headers: [["AUTHORIZATION", "a"], ["cookie", "b"], ["Proxy-Authorization", "c"], [
        "Host",
        "h",
      ], ["X", "y"]],
      credentials: { user: "u", password: "p" },
      cert: "certificate",
      key: "key",
      userAgent: "a",
      requestTarget: "/t",
      rawRequest: Uint8Array.of(65),
    };
    const { requestTarget: _, rawRequest: __, ...rest } = options;
    const stay = redirectRequest(options, 302, settled("http://h/a"), settled("http://h/b"));
    assertEquals(stay, rest);
    await stepRows(test, ["https://h/", "http://h:81/", "http://h.o/"], (url) => {
      const cross = redirectRequest(options, 302, settled("http://h/a"), settled(url));
      assertEquals(cross, { headers: [["X", "y"]], userAgent: "a" }, url);
    });
  },
);
