import { assertEquals } from "@std/assert";
import { escapeHtml } from "../../../lib/text/escape/html.ts";
import { escapeMarkdown, escapeOwnMarkdown } from "../../../lib/text/escape/markdown.ts";
import { escapeNagios } from "../../../lib/text/escape/nagios.ts";
import { escapeHelp, escapeLabel } from "../../../lib/text/escape/prometheus.ts";
import { escapeXml } from "../../../lib/text/escape/xml.ts";
import { testRows } from "../../_test_rows.ts";

testRows<[name: string, escape: (text: string) => string, text: string, written: string]>(
  "every format escapes its own markup",
  [
    ["XML", escapeXml, `<a href="x">'&'\t\r\n`, "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&#9;&#13;&#10;"],
    ["XML", escapeXml, "\x00a\x1b\ud800b\uffff", "ab"],
    ["HTML", escapeHtml, "<b>\x1b\u202e", "&lt;b&gt;\\x1b\\u{202e}"],
    ["Markdown", escapeMarkdown, "[a](b) *c* | d", "&#91;a&#93;(b) &#42;c&#42; &#124; d"],
    ["Markdown", escapeMarkdown, "![a](b) #1 @me", "!&#91;a&#93;(b) &#35;1 &#64;me"],
    [
      "Markdown",
      escapeMarkdown,
      "close: at 12:00:01, 1:00 (RFC 9112)",
      "close: at 12:00:01, 1:00 (RFC 9112)",
    ],
    [
      "Markdown",
      escapeMarkdown,
      ":tada::+1::100: x:y at 127.0.0.1:8080: z",
      "&#58;tada:&#58;+1:&#58;100: x:y at 127.0.0.1:8080: z",
    ],
    ["Markdown", escapeMarkdown, "http://a_b/", "http&#58;//a&#95;b/"],
    ["own Markdown", escapeOwnMarkdown, "http://a_b/?c=1&d=2#e", "http://a_b/?c=1&d=2#e"],
    [
      "own Markdown",
      escapeOwnMarkdown,
      "http://a/?b|<c>&lt;[d]",
      "http://a/?b&#124;&#60;c&#62;&#38;lt;&#91;d&#93;",
    ],
    ["own Markdown", escapeOwnMarkdown, "shop_1 http://a/", "shop&#95;1 http://a/"],
    ["Nagios", escapeNagios, "a | <b>\n", "a \\x7c \\x3cb>\\n"],
    ["a label", escapeLabel, 'C:\\ "x"\n', 'C:\\\\ \\"x\\"\\\\n'],
    ["a help text", escapeHelp, 'C:\\ "x"\n', 'C:\\\\ "x"\\n'],
  ],
  ([name, escape, text, written]) => {
    assertEquals(escape(text), written, name);
  },
  { permissions: "none" },
);
