import type { Vector } from "../_run_vector.ts";

const START = "HTTP/1.1 200 OK\r\n";
const END = "Content-Length: 0\r\n\r\n";
const LENGTH = ["Content-Length", "0"] as const;
const partial = { version: "1.1", status: 200, reason: "OK" };

/** Field lines: RFC 9112 §2.2, §5; RFC 9110 §5.1, §5.5. */
export const fieldLineVectors: readonly Vector[] = [
  {
    name: "order, case and duplicates are kept",
    wire: START + "b: 1\r\nA: 2\r\nB: 3\r\n" + END,
    responses: [{ headers: [["b", "1"], ["A", "2"], ["B", "3"], LENGTH] }],
  },
  {
    name: "every token octet in a name",
    wire: START + "!#$%&'*+-.^_`|~09azAZ: 1\r\n" + END,
    responses: [{ headers: [["!#$%&'*+-.^_`|~09azAZ", "1"], LENGTH] }],
  },
  {
    name: "no blank, several blanks and HTAB after the colon, blanks after the value",
    wire: START + "A:1\r\nB:  \t 2 \t\r\n" + END,
    responses: [{ headers: [["A", "1"], ["B", "2"], LENGTH] }],
  },
  {
    name: "empty values",
    wire: START + "A:\r\nB: \t \r\n" + END,
    responses: [{ headers: [["A", ""], ["B", ""], LENGTH] }],
  },
  {
    name: "colons, quotes and inner blanks in a value",
    wire: START + 'A: b:c "d, \t e"\r\n' + END,
    responses: [{ headers: [["A", 'b:c "d, \t e"'], LENGTH] }],
  },
  {
    name: "names of the object prototype",
    wire: START + "__proto__: 1\r\nconstructor: 2\r\n" + END,
    responses: [{ headers: [["__proto__", "1"], ["constructor", "2"], LENGTH] }],
  },
  {
    name: "LF without CR after a field line",
    wire: START + "A: 1\n" + END,
    responses: [{ headers: [["A", "1"], LENGTH] }],
    deviations: [["bare-lf", "1|\nC"]],
  },
  {
    name: "LF without CR as the empty line",
    wire: START + "Content-Length: 1\r\n\nx",
    responses: [{ headers: [["Content-Length", "1"]], content: "x" }],
    deviations: [["bare-lf", "1\r\n|\nx"]],
  },
  {
    name: "LF without CR everywhere in a head",
    wire: "HTTP/1.1 200 OK\nA: 1\nContent-Length: 0\n\n",
    responses: [{ headers: [["A", "1"], LENGTH] }],
    deviations: [["bare-lf", "OK|\n"], ["bare-lf", "A: 1|\n"], ["bare-lf", "0|\n\n"], ["bare-lf", "0\n|\n"]],
  },
  {
    name: "a bare CR in a value",
    wire: START + "A: 1\rB: 2\r\n" + END,
    partial: { ...partial, headers: [] },
    fatal: ["bare-cr", "1|\rB", "head"],
  },
  {
    name: "a bare CR in a name, then NUL",
    wire: START + "A\rB\0: 2\r\n" + END,
    partial: { ...partial, headers: [] },
    fatal: ["bare-cr", "A|\rB", "head"],
  },
  {
    name: "CR CR LF after a field line",
    wire: START + "A: 1\r\r\n" + END,
    partial: { ...partial, headers: [] },
    fatal: ["bare-cr", "1|\r\r", "head"],
  },
  {
    name: "a bare CR instead of the empty line",
    wire: START + "A: 1\r\n\rContent-Length: 0\r\n\r\n",
    partial: { ...partial, headers: [["A", "1"]] },
    fatal: ["bare-cr", "1\r\n|\r", "head"],
  },
  {
    name: "a value that continues on a second line",
    wire: START + "A: b \r\n\t c\r\n" + END,
    responses: [{ headers: [["A", "b c"], LENGTH] }],
    deviations: [["obs-fold", "\r\n|\t c"]],
  },
  {
    name: "a value that begins in the second line, and a line of blanks",
    wire: START + "A:\r\n b\r\n  \r\n c\r\n" + END,
    responses: [{ headers: [["A", "b c"], LENGTH] }],
    deviations: [["obs-fold", "\r\n| b"], ["obs-fold", "\r\n|  \r"], ["obs-fold", "\r\n| c"]],
  },
  {
    name: "a folded Content-Length is one value with SP in it",
    wire: START + "Content-Length: 1\r\n 2\r\n\r\n",
    responses: [{
      headers: [["Content-Length", "1 2"]],
      expected: null,
      complete: false,
      persistent: false,
      announced: { persistent: true },
    }],
    deviations: [["obs-fold", "\r\n| 2"]],
    fatal: ["invalid-content-length", "\r\n|Content", "head"],
  },
  {
    name: "a line with SP before the first field",
    wire: START + " A: 1\r\n" + END,
    partial: { ...partial, headers: [] },
    fatal: ["whitespace-before-first-header", "OK\r\n| A", "head"],
  },
  {
    name: "a line with HTAB before the first field",
    wire: START + "\t\r\n" + END,
    partial: { ...partial, headers: [] },
    fatal: ["whitespace-before-first-header", "OK\r\n|\t", "head"],
  },
  {
    name: "blanks before the colon",
    wire: START + "A \t: 1\r\n" + END,
    responses: [{ headers: [["A", "1"], LENGTH] }],
    deviations: [["ows-before-colon", "A| \t:"]],
  },
  {
    name: "blanks before the colon of Content-Length",
    wire: START + "Content-Length : 1\r\n\r\nx",
    responses: [{ headers: [["Content-Length", "1"]], content: "x" }],
    deviations: [["ows-before-colon", "h| :"]],
  },
  {
    name: "no colon",
    wire: START + "A: 1\r\nabc\r\n" + END,
    partial: { ...partial, headers: [["A", "1"]] },
    fatal: ["missing-colon", "\r\n|abc", "head"],
  },
  {
    name: "nothing before the colon",
    wire: START + ": 1\r\n" + END,
    partial: { ...partial, headers: [] },
    fatal: ["empty-field-name", "\r\n|: 1", "head"],
  },
  ...["A B", "A\x80", "(A", "A\x7f", "\xa0A", "A\v", '"A"', "A/", "{A}", "A@"].map((name): Vector => ({
    name: `${JSON.stringify(name)} is no field name`,
    wire: START + name + ": 1\r\n" + END,
    partial: { ...partial, headers: [] },
    fatal: ["invalid-field-name", START.length + name.search(/[^A]/), "head"],
  })),
  {
    name: "NUL in a name",
    wire: START + "A\0B: 1\r\n" + END,
    partial: { ...partial, headers: [] },
    fatal: ["nul-in-name", "A|\0", "head"],
  },
  {
    name: "NUL in a value",
    wire: START + "A: 1\0\r\n" + END,
    partial: { ...partial, headers: [] },
    fatal: ["nul-in-value", "1|\0", "head"],
  },
  {
    name: "NUL in the second line of a value",
    wire: START + "A: 1\r\n \0\r\n" + END,
    partial: { ...partial, headers: [["A", "1"]] },
    deviations: [["obs-fold", "1\r\n| "]],
    fatal: ["nul-in-value", " |\0", "head"],
  },
  ...["\x01", "\b", "\v", "\f", "\x1b", "\x1f", "\x7f"].map((octet): Vector => ({
    name: `control octet ${JSON.stringify(octet)} in a value is kept`,
    wire: START + `A: ${octet}1${octet}\r\n` + END,
    responses: [{ headers: [["A", `${octet}1${octet}`], LENGTH] }],
    deviations: [["ctl-in-value", `A: |${octet}`]],
  })),
  {
    name: "octets outside ASCII in a value, one code unit each",
    wire: START + "A: \xc3\xa9\x80\xff\r\n" + END,
    responses: [{ headers: [["A", "\xc3\xa9\x80\xff"], LENGTH] }],
    deviations: [["obs-text-in-value", "A: |\xc3"]],
  },
  {
    name: "0xA0 and 0x85 are no blanks",
    wire: START + "A: \xa01\x85\r\n" + END,
    responses: [{ headers: [["A", "\xa01\x85"], LENGTH] }],
    deviations: [["obs-text-in-value", "A: |\xa0"]],
  },
  {
    name: "control octets and octets outside ASCII in one value and its second line",
    wire: START + "A: \x80\x01\r\n \x02\x81\r\n" + END,
    responses: [{ headers: [["A", "\x80\x01 \x02\x81"], LENGTH] }],
    deviations: [
      ["obs-text-in-value", "A: |\x80"],
      ["ctl-in-value", "\x80|\x01"],
      ["obs-fold", "\x01\r\n| "],
      ["ctl-in-value", " |\x02"],
      ["obs-text-in-value", "\x02|\x81"],
    ],
  },
  {
    name: "one code is kept at sixteen places",
    wire: START + "A: \x01\r\n".repeat(20) + END,
    responses: [{ headers: [...Array.from({ length: 20 }, () => ["A", "\x01"] as const), LENGTH] }],
    deviations: Array.from({ length: 16 }, (_, i) => ["ctl-in-value", START.length + 3 + i * 6] as const),
  },
];
