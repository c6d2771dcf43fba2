import type { DeviationCode } from "../../../lib/http/deviation.ts";
import type { Place, Vector } from "../_run_vector.ts";

const HEAD = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

/** A body that is complete. */
function good(name: string, body: string, content: string, ...deviations: [DeviationCode, Place][]): Vector {
  return { name, wire: HEAD + body, responses: [{ framing: "chunked", content }], deviations };
}

/** A body that breaks off: `read` octets of it come before the fault. */
function bad(
  name: string,
  body: string,
  fatal: [DeviationCode, Place],
  more: { content?: string; chunks?: number; deviations?: [DeviationCode, Place][] } = {},
): Vector {
  const { content = "", chunks = content === "" ? 0 : 1, deviations = [] } = more;
  const vector: Vector = { name, wire: HEAD + body, fatal: [...fatal, "body"], deviations };
  const [, place] = fatal;
  const at = typeof place === "number"
    ? place
    : vector.wire.indexOf(place.replace("|", "")) + place.indexOf("|");
  const wireBytes = at - HEAD.length;
  return { ...vector, responses: [{ framing: "chunked", content, chunks, wireBytes, complete: false }] };
}

/** The chunked coding: RFC 9112 §7.1, line by line. */
export const chunkedVectors: readonly Vector[] = [
  good("one chunk", "5\r\nhello\r\n0\r\n\r\n", "hello"),
  good("no chunk but the last", "0\r\n\r\n", ""),
  good("a last chunk of many zeros", "0000000000000000000000\r\n\r\n", ""),
  {
    ...good("two chunks", "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n", "hello world"),
    responses: [{ framing: "chunked", content: "hello world", chunks: 2 }],
  },
  good("hex digits of either case", "1f\r\n" + "x".repeat(31) + "\r\n0\r\n\r\n", "x".repeat(31)),
  good("upper-case hex digits", "1F\r\n" + "x".repeat(31) + "\r\n0\r\n\r\n", "x".repeat(31)),
  good("leading zeros", "00000000000000000005\r\nhello\r\n0\r\n\r\n", "hello"),
  good("data that looks like framing", "b\r\n0\r\n\r\n5\r\nab\r\r\n0\r\n\r\n", "0\r\n\r\n5\r\nab\r"),
  good("data of NUL and CR LF", "4\r\n\0\r\n\n\r\n0\r\n\r\n", "\0\r\n\n"),

  // Extensions
  good("an extension", "5;a\r\nhello\r\n0\r\n\r\n", "hello", ["chunk-extension", "5|;a"]),
  good("an extension with a value", "5;a=b\r\nhello\r\n0\r\n\r\n", "hello", ["chunk-extension", "5|;a"]),
  good("several extensions", '5;a;b=c;d="e"\r\nhello\r\n0\r\n\r\n', "hello", ["chunk-extension", "5|;a"]),
  good("an extension of the last chunk", "5\r\nhello\r\n0;a\r\n\r\n", "hello", ["chunk-extension", "0|;a"]),
  good(
    "a quoted value with ; = blanks and an escaped quote",
    '5;a="b; =\\"\t\\\\"\r\nhello\r\n0\r\n\r\n',
    "hello",
    [
      "chunk-extension",
      "5|;a",
    ],
  ),
  good("octets outside ASCII in a quoted value", '5;a="\xe9"\r\nhello\r\n0\r\n\r\n', "hello", [
    "chunk-extension",
    "5|;a",
  ]),
  ...[
    "5 ;a",
    "5; a",
    "5;a =b",
    "5;a= b",
    "5\t;\ta\t=\tb",
    // No grammar has a place for blanks after the last extension; they are harmless, and servers send them.
    "5;a ",
    "5;a=b\t",
    '5;a="b" ',
  ].map((line) =>
    good(
      `blanks in ${JSON.stringify(line)}`,
      line + "\r\nhello\r\n0\r\n\r\n",
      "hello",
      ["chunk-extension", `5|${line.slice(1)}`],
      ["chunk-bws", line.replace(/[ \t]/, "|$&")],
    )
  ),
  ...[" ", "\t", "  \t "].map((blanks) =>
    good(`${JSON.stringify(blanks)} after a size`, `5${blanks}\r\nhello\r\n0\r\n\r\n`, "hello", [
      "chunk-size-trailing-ws",
      `5|${blanks}\r`,
    ])
  ),
  good("a blank after the last size", "0 \r\n\r\n", "", ["chunk-size-trailing-ws", "0| \r"]),
  ...[
    "5 abc",
    "5 5",
    "5\thello",
    "5;",
    "5;;a",
    "5;a;",
    "5;=b",
    "5;a=",
    '5;a="b',
    '5;a="b"c',
    "5;a b",
    "5;a=b c",
    "5;a\0",
    '5;a="\x01"',
    "5;\xe9",
    "5;a=\xe9",
    '5;"a"',
    "5 ,a",
  ].map((line) =>
    bad(`${JSON.stringify(line)} is no size with extensions`, line + "\r\nhello\r\n0\r\n\r\n", [
      "chunk-ext-malformed",
      `5|${line.slice(1)}`,
    ])
  ),

  // Sizes
  ...[
    " 3",
    "\t3",
    "0x3",
    "+3",
    "-3",
    "1_0",
    "",
    "5z",
    "5,a",
    "g",
    "\0",
    "3\0",
    "\xb3",
    "3h",
    "5\v",
    "5=",
    "5.0",
    "{",
    "`",
    "@",
    "G",
    ":",
  ].map(
    (line) => {
      const at = line.search(/[^0-9a-f]/);
      const fault = at === -1 ? 0 : at;
      return bad(`${JSON.stringify(line)} is no size`, line + "\r\nhel\r\n0\r\n\r\n", [
        "chunk-size-invalid",
        HEAD.length + fault,
      ]);
    },
  ),
  bad("an empty line after the data", "1\r\nx\r\n\r\n", ["chunk-size-invalid", "x\r\n|\r\n"], {
    content: "x",
  }),
  ...["20000000000000", "10000000000000000", "FFFFFFFFFFFFFFFF", "100000000000000005", "f".repeat(300)].map((
    line,
  ) =>
    bad(`size ${line.slice(0, 20)}`, line + "\r\nhello\r\n0\r\n\r\n", ["chunk-size-overflow", HEAD.length])
  ),
  {
    name: "the greatest size",
    wire: HEAD + "1fffffffffffff\r\nhello",
    end: "open",
    state: "body",
    responses: [{ framing: "chunked", content: "hello", complete: false }],
  },

  // Line ends
  bad("LF without CR after a size", "5\nhello\r\n0\r\n\r\n", ["bare-lf-in-chunk", "5|\n"]),
  bad("LF without CR after an extension", "5;a\nhello\r\n0\r\n\r\n", ["bare-lf-in-chunk", "a|\n"]),
  bad("LF without CR after the last size", "0\n\r\n", ["bare-lf-in-chunk", "0|\n"]),
  bad("LF without CR after data", "5\r\nhello\n0\r\n\r\n", ["bare-lf-in-chunk", "hello|\n"], {
    content: "hello",
  }),
  bad("CR without LF after a size", "5\rhello\r\n0\r\n\r\n", ["bare-cr-in-chunk", "5|\r"]),
  bad("CR CR LF after a size", "5\r\r\nhello\r\n0\r\n\r\n", ["bare-cr-in-chunk", "5|\r\r"]),
  bad("CR in an extension", "5;a\rb\r\nhello\r\n0\r\n\r\n", ["bare-cr-in-chunk", "a|\rb"]),
  bad("CR in a quoted value", '5;a="\rb"\r\nhello\r\n0\r\n\r\n', ["bare-cr-in-chunk", '"|\r']),
  bad("CR without LF after the last size", "0\r0\r\n\r\n", ["bare-cr-in-chunk", "0|\r0"]),
  bad("data longer than its size", "3\r\nhello\r\n0\r\n\r\n", ["chunk-data-not-terminated", "hel|lo"], {
    content: "hel",
  }),
  bad("data shorter than its size", "7\r\nhello\r\n0\r\n\r\n", ["chunk-data-not-terminated", "|0\r\n\r\n"], {
    content: "hello\r\n",
  }),
  bad("CR without LF after data", "5\r\nhello\r0\r\n\r\n", ["chunk-data-not-terminated", "hello|\r0"], {
    content: "hello",
  }),
  bad("CR CR LF after data", "5\r\nhello\r\r\n0\r\n\r\n", ["chunk-data-not-terminated", "hello|\r\r"], {
    content: "hello",
  }),

  // Trailers
  {
    name: "trailers",
    wire: HEAD + "1\r\nx\r\n0\r\nX-A: 1\r\nx-a:2 \r\n\r\n",
    responses: [{ framing: "chunked", content: "x", trailers: [["X-A", "1"], ["x-a", "2"]] }],
    deviations: [["trailers", "0\r\n|X-A"]],
  },
  {
    name: "trailers that would frame the message",
    wire: HEAD + "1\r\nx\r\n0\r\nContent-Length: 5\r\ntransfer-encoding: gzip\r\n\r\n",
    responses: [{
      framing: "chunked",
      content: "x",
      trailers: [["Content-Length", "5"], ["transfer-encoding", "gzip"]],
    }],
    deviations: [
      ["trailers", "|Content-Length"],
      ["forbidden-trailer-field", "|Content-Length"],
      ["forbidden-trailer-field", "|transfer-encoding"],
    ],
  },
  {
    name: "Connection: close among the trailers decides nothing",
    wire: HEAD + "0\r\nConnection: close\r\n\r\n",
    responses: [{ framing: "chunked", trailers: [["Connection", "close"]] }],
    deviations: [["trailers", "|Connection"], ["forbidden-trailer-field", "|Connection"]],
  },
  {
    name: "trailers with LF alone, a fold and blanks before the colon",
    wire: HEAD + "0\r\nA: b\n c\r\nD : e\r\n\n",
    responses: [{
      framing: "chunked",
      trailers: [["A", "b c"], ["D", "e"]],
      wireBytes: 20,
    }],
    deviations: [
      ["trailers", "|A: b"],
      ["bare-lf", "b|\n"],
      ["obs-fold", "b\n| c"],
      ["ows-before-colon", "D| :"],
      ["bare-lf", "e\r\n|\n"],
    ],
  },
  ...([
    ["no colon", "A: b\r\nabc\r\n\r\n", ["missing-colon", "|abc"], [["A", "b"]]],
    ["a bare CR", "A: b\rc\r\n\r\n", ["bare-cr", "b|\rc"], []],
    ["a line with SP first", " A: b\r\n\r\n", ["whitespace-before-first-header", "| A: b"], []],
    ["a name that is no token", "A b: c\r\n\r\n", ["invalid-field-name", "A| b"], []],
    ["NUL in a value", "A: \0\r\n\r\n", ["nul-in-value", "A: |\0"], []],
    ["the next response instead of the empty line", "HTTP/1.1 200 OK\r\n\r\n", [
      "missing-colon",
      HEAD.length + 3,
    ], []],
  ] as const).map(([name, section, [code, place], trailers]): Vector => {
    const wire = HEAD + "0\r\n" + section;
    const at = typeof place === "number" ? place : wire.indexOf(place.replace("|", "")) + place.indexOf("|");
    return {
      name: `trailers: ${name}`,
      wire,
      fatal: [code, place, "body"],
      responses: [{ framing: "chunked", trailers, wireBytes: at - HEAD.length, complete: false }],
    };
  }),
];
