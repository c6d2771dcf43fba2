import { assert, assertEquals, assertThrows } from "@std/assert";
import { PROBE_FLAGS, type ProbeFlags } from "../../../lib/cli/commands/probe/flags.ts";
import { parseFlags } from "../../../lib/cli/flags/parse_flags.ts";
import { UsageError } from "../../../lib/cli/usage_error.ts";
import { testRows } from "../../_test_rows.ts";

testRows<[args: string[], flags: Partial<ProbeFlags>, operands: string[]]>(
  "parseFlags() reads every spelling of a flag",
  [
    [[], {}, []],
    [["--max-time", "2s", "h"], { maxTime: 2_000 }, ["h"]],
    [["--max-time=2s", "h"], { maxTime: 2_000 }, ["h"]],
    [["-m", "2s", "h"], { maxTime: 2_000 }, ["h"]],
    [["-m2s", "h"], { maxTime: 2_000 }, ["h"]],
    [["-m", "2"], { maxTime: 2_000 }, []],
    [["-kv", "h"], { insecure: true, verbose: true }, ["h"]],
    [["-kvm2s", "h"], { insecure: true, verbose: true, maxTime: 2_000 }, ["h"]],
    [["-kvm", "2s", "h"], { insecure: true, verbose: true, maxTime: 2_000 }, ["h"]],
    [["h", "-k", "i"], { insecure: true }, ["h", "i"]],
    [["--", "-k", "--json", "--"], {}, ["-k", "--json", "--"]],
    [["-", "-k"], { insecure: true }, ["-"]],
    [["-o", "-"], { output: undefined }, []],
    [["-o", "f", "-o", "-"], { output: undefined }, []],
    [["-A", ""], { userAgent: "" }, []],
    [["-0E", "c"], { http10: true, cert: "c" }, []],
    [["-m", ".5"], { maxTime: 500 }, []],
    [["-m1s", "--max-time=3s"], { maxTime: 3_000 }, []],
    [["-4", "h"], { ipv4: true }, ["h"]],
    [["--http1.0"], { http10: true }, []],
    [["--wire"], { wire: true }, []],
    [["--wire", "h"], { wire: true }, ["h"]],
    [["--wire=f"], { wire: "f" }, []],
    [["-d", ""], { data: [""] }, []],
    [["--data="], { data: [""] }, []],
    [["-d", "-1", "-d", "a=b=c"], { data: ["-1", "a=b=c"] }, []],
    [["-d-k"], { data: ["-k"] }, []],
    [["--request-target=*"], { requestTarget: "*" }, []],
    [["-XPURGE"], { request: "PURGE" }, []],
    [["-H", "A: 1", "-HA:2"], { header: [["A", "1"], ["A", "2"]] }, []],
    [["--cert", "c", "--key", "k"], { cert: "c", key: "k" }, []],
    [["--alpn", "h2,http/1.1"], { alpn: ["h2", "http/1.1"] }, []],
    [["--format", "json"], { format: "json" }, []],
  ],
  ([args, flags, operands]) => {
    const { flags: defaults } = parseFlags([], PROBE_FLAGS);
    const parsed = parseFlags(args, PROBE_FLAGS);
    assertEquals(
      { flags: parsed.flags, operands: parsed.operands },
      { flags: { ...defaults, ...flags }, operands },
      args.join(" "),
    );
  },
  { permissions: "none" },
);

Deno.test(
  "parseFlags() gives every flag a value, by default the one in the table",
  { permissions: "none" },
  () => {
    const { flags } = parseFlags([], PROBE_FLAGS);
    const expected: Partial<ProbeFlags> = {
      maxTime: 10_000,
      connectTimeout: 5_000,
      firstByteTimeout: undefined,
      maxHead: 65_536,
      maxBody: 10_485_760,
      location: false,
      maxRedirs: 10,
      count: 1,
      interval: 0,
      header: [],
      data: [],
      format: undefined,
      wire: undefined,
    };
    assertEquals({ ...flags, ...expected }, flags);
    assertEquals(
      Object.keys(flags).length,
      Object.values(PROBE_FLAGS).flatMap((table) => Object.keys(table)).length,
    );
  },
);

testRows<[args: string[], message: string]>(
  "parseFlags() refuses a flag that is not in the table, and suggests the nearest one",
  [
    [["--max-tim", "2s"], "Unknown flag --max-tim: the nearest one is --max-time"],
    [["--max-tim=2s"], "Unknown flag --max-tim: the nearest one is --max-time"],
    [["--JSON"], "Unknown flag --JSON: the nearest one is --json"],
    [["--insecrue"], "Unknown flag --insecrue: the nearest one is --insecure"],
    [["--constructor"], "Unknown flag --constructor"],
    [["---json"], "Unknown flag ---json: the nearest one is --json"],
    [["-x"], "Unknown flag -x: the nearest one is -X"],
    [["-r"], "Unknown flag -r: the nearest one is --request"],
    [["-kZ"], "Unknown flag -Z in -kZ"],
    [["--format=JSON"], '--format: Cannot use "JSON": the nearest one is json'],
    [["--wire", "out.jsonl", "h"], "--wire takes its value after =: write --wire=out.jsonl"],
    [["-verbose"], "Unknown flag -verbose: long flags have two dashes, --verbose"],
    [["-data", "x"], "Unknown flag -data: long flags have two dashes, --data"],
    [["-json"], "Unknown flag -json: long flags have two dashes, --json"],
    [["-json=1"], "Unknown flag -json=1: long flags have two dashes, --json"],
    [["-😀"], "Unknown flag -😀"],
    [["--json=yes"], '--json takes no value, but "yes" was given'],
    [["--max-time"], "--max-time needs a value (TIME)"],
    [["-m"], "-m needs a value (TIME)"],
    [["-m", "-v"], "-m needs a value (TIME), but the flag -v follows; if that is the value, write '-m-v'"],
    [
      ["-A", "--json"],
      "-A needs a value (AGENT), but the flag --json follows; if that is the value, write '-A--json'",
    ],
    [
      ["--sni", "--"],
      "--sni needs a value (NAME), but the flag -- follows; if that is the value, write '--sni=--'",
    ],
    [["--max-time=soon"], '--max-time: Cannot parse duration "soon"'],
    [["-m=2s"], '--max-time: Cannot parse duration "=2s"'],
    [["-m0"], '--max-time: Cannot use "0" as a limit'],
    [["-m30d"], '--max-time: Cannot wait "30d"'],
    [["--max-head=0"], '--max-head: Cannot use "0" as a limit'],
    [["-n0"], '--count: Cannot use "0": write a whole number above 0'],
    [["-n1.5"], '--count: Cannot parse number "1.5"'],
    [["--max-redirs=-1"], '--max-redirs: Cannot parse number "-1"'],
    [["--format=xml"], '--format: Cannot use "xml": write text, json, csv'],
    [["--alpn=h2,"], '--alpn: Cannot parse list "h2,"'],
    [["--output="], "--output: Cannot use an empty value"],
    [["--wire="], "--wire: Cannot use an empty value"],
    [["-H", "novalue"], '--header: Cannot parse header "novalue"'],
    [["-46"], "--ipv4 and --ipv6 contradict each other: leave one out"],
    [["-I", "-d", "x"], "--head and --data contradict each other: leave one out"],
    [["--raw-request=f", "-XGET"], "--raw-request and --request contradict each other: leave one out"],
    [["--json", "--format=text"], "--json and --format contradict each other: leave one out"],
    [["-qv"], "--verbose and --quiet contradict each other: leave one out"],
    [["--key=k"], "--key needs --cert as well"],
    [["http://h/jos\ufffd"], 'Cannot use "http://h/jos\ufffd": it has bytes that are not UTF-8'],
    [["-d", "\ufffd"], 'Cannot use "\ufffd": it has bytes that are not UTF-8'],
  ],
  ([args, message]) => {
    assertThrows(() => parseFlags(args, PROBE_FLAGS), UsageError, message, args.join(" "));
  },
  { permissions: "none" },
);

testRows<[args: string[], swallowed: string | undefined]>(
  "parseFlags() says which flag took the last argument as its value",
  [
    [["-X", "http://h/"], "-X took http://h/ as its value (METHOD)"],
    [["--output", "http://h/"], "--output took http://h/ as its value (FILE)"],
    [["-X", "GET", "http://h/"], undefined],
    [["-XGET"], undefined],
    [["http://h/", "-k"], undefined],
  ],
  ([args, swallowed]) => assertEquals(parseFlags(args, PROBE_FLAGS).swallowed, swallowed),
  { permissions: "none" },
);

testRows<[args: string[], message: string]>(
  "parseFlags() says that the value is missing if a URL is in its place",
  [
    [["-m", "http://h/"], "--max-time needs a value (TIME), but http://h/ follows"],
    [["-n", "http://h/"], "--count needs a value (N), but http://h/ follows (curl's -n reads .netrc"],
  ],
  ([args, message]) => {
    assertThrows(() => parseFlags(args, PROBE_FLAGS), UsageError, message);
  },
  { permissions: "none" },
);

testRows<[args: string[], message: string]>(
  "parseFlags() names the flag that is meant, and explains curl's meaning only to who means it",
  [
    [["--h"], "Unknown flag --h: letters have one dash, -h"],
    [["-?"], "Unknown flag -?: write -h for help"],
    [["-n", "0"], 'Cannot use "0": write a whole number above 0'],
    [["-n", "x"], "(curl's -n reads .netrc: write -u NAME:PASSWORD)"],
  ],
  ([args, message]) => {
    const { message: said } = assertThrows(() => parseFlags(args, PROBE_FLAGS), UsageError);
    assert(said.endsWith(message), said);
  },
  { permissions: "none" },
);
