/**
 * Properties of targets that people and servers write.
 *
 * @module
 */

import { assert, assertEquals, assertMatch } from "@std/assert";
import fc from "../fast_check.ts";
import { composeRequest } from "../../lib/probe/compose_request.ts";
import { findRedirect } from "../../lib/probe/redirect.ts";
import {
  formatAuthority,
  formatUrl,
  parseTarget,
  schemesToTry,
  settleTarget,
} from "../../lib/target/target.ts";
import { defineProperty, type Property } from "./_property.ts";

const HOSTS =
  "h example.org münchen.example xn-- XN--MNCHEN-3YA 127.0.0.1 0x7f.1 1 999 [::1] ::1 [::ffff:1.2.3.4]";
const PARTS = [
  ..."/?#@:[]%\\.&=+ -_~*\t\r\n\0\x7f\xe9\ud800\u3002\u200b\uff0e",
  ...`${HOSTS} http:// https:// HTTP: ftp:// // %25lo :80 :0443 :65536 u:p@ %40 %zz /../ /./ 🦕 例え ß`.split(
    " ",
  ),
];
const written = fc.oneof(
  fc.array(fc.constantFrom(...PARTS), { maxLength: 8 }).map((parts) => parts.join("")),
  fc.array(fc.constantFrom(...PARTS), { maxLength: 6 }).map((parts) => `http://h${parts.join("")}`),
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc.string({ unit: "binary" }),
);

/** Parses a URL by the rules of the WHATWG; absent if it is invalid. */
function whatwg(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** In the order of `--help`. */
export const targetProperties: readonly Property[] = [
  defineProperty({
    name: "target-anything",
    claim: "parseTarget() refuses invalid targets, and its result can be requested and formatted again",
    input: written,
    runs: 3000,
    check(input) {
      let target;
      try {
        target = parseTarget(input);
      } catch (error) {
        assert(error instanceof SyntaxError, String(error));
        assert(error.message.startsWith(`Cannot probe ${JSON.stringify(input)}: `), error.message);
        return false;
      }
      assertMatch(target.path, /^\/[\x21\x22\x24-\x7e]*$/);
      assertMatch(target.host, /^[!-~]+$/);
      for (const scheme of schemesToTry(target)) {
        const settled = settleTarget(target, scheme);
        assertMatch(formatAuthority(settled), /^(?:\[[0-9a-f:.]+\]|[^\s:@/?#[\]\\]+)(?::[1-9][0-9]*)?$/);
        composeRequest(settled);
        const url = formatUrl(settled);
        const { credentials: _, ...plain } = settled;
        assertEquals(settleTarget(parseTarget(url), scheme), { ...plain, input: url });
      }
      return true;
    },
  }),
  defineProperty({
    name: "target-host",
    claim: "parseTarget() finds the host and port that the URL parser of browsers finds",
    input: written,
    runs: 3000,
    check(input) {
      const url = whatwg(input);
      if (!url || !/^https?:$/.test(url.protocol)) return false;
      let target;
      try {
        target = parseTarget(input);
      } catch {
        return false;
      }
      // Without // browsers take http:80 for a URL; here it is a host and its port.
      if (!target.scheme) return false;
      const ours = new URL(formatUrl(settleTarget(target, target.scheme)));
      assertEquals([ours.protocol, ours.hostname, ours.port], [url.protocol, url.hostname, url.port]);
      return true;
    },
  }),
  defineProperty({
    name: "redirect-location",
    claim:
      "findRedirect() leads to a target over HTTP that can be asked for, or says why not, whatever Location has",
    input: fc.record({
      location: fc.oneof(
        written.map((text) => String.fromCharCode(...new TextEncoder().encode(text))),
        fc.string({ unit: "binary-ascii" }),
      ),
      from: fc.constantFrom("http://h/a/b?c", "https://u:p@[::1]:81/", "http://[fe80::1%25lo]/"),
    }),
    runs: 3000,
    check({ location, from }) {
      const base = settleTarget(parseTarget(from), from.startsWith("https") ? "https" : "http");
      const redirect = findRedirect(302, [["Location", location]], base);
      if (redirect.type === "none") throw new Error("It has a Location");
      if (redirect.type === "invalid") return redirect.cause !== "";
      const { target } = redirect;
      assert(target.scheme === "http" || target.scheme === "https");
      composeRequest(target);
      assertEquals(formatUrl(settleTarget(parseTarget(formatUrl(target)), target.scheme)), formatUrl(target));
      if (target.host !== base.host) assert(target.credentials === undefined || location.includes("@"));
      return true;
    },
  }),
];
