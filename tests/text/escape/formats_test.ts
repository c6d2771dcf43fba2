import { assertEquals } from "@std/assert";
import { escapeHtml } from "../../../lib/text/escape/html.ts";
import { escapeMarkdown } from "../../../lib/text/escape/markdown.ts";
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
    ["Markdown", escapeMarkdown, "[a](b) *c* | d", "&#91;a&#93;&#40;b&#41; &#42;c&#42; &#124; d"],
    ["Nagios", escapeNagios, "a | <b>\n", "a \\x7c \\x3cb>\\n"],
    ["a label", escapeLabel, 'C:\\ "x"\n', 'C:\\\\ \\"x\\"\\\\n'],
    ["a help text", escapeHelp, 'C:\\ "x"\n', 'C:\\\\ "x"\\n'],
  ],
  ([name, escape, text, written]) => {
    assertEquals(escape(text), written, name);
  },
  { permissions: "none" },
);
