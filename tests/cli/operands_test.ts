import { assertEquals, assertRejects } from "@std/assert";
import { readTargetOperands } from "../../lib/cli/operands.ts";
import { InterruptedQuestion, UsageError } from "../../lib/cli/usage_error.ts";
import { formatRunError } from "../../lib/cli/run_error.ts";
import { TestFolder } from "../_folder.ts";
import { testRows } from "../_test_rows.ts";

testRows<[operands: string[], message: string]>(
  "readTargetOperands() says what to write in place of an operand that is no target",
  [
    [["db"], 'Cannot probe "db": a single word may be a typing error; for a host write http://db/ or db:80'],
    [["db/health"], "for a host write http://db/health or db:80"],
    [["9610"], "as a host it is the address 0.0.37.138; write that address, or HOST:9610 for the port"],
    [["db", "80"], "for a port write it after the host, db:80"],
    [["http://h.test/", "80"], "as a host it is the address 0.0.0.80"],
    [["h.test", "8080"], "for a port write it after the host, h.test:8080"],
    [["POST", "http://h.test/"], "it is a method: write -X POST URL"],
    [["GET", "http://h.test/"], "write the URL alone"],
    [["http://h.test/", "a=b"], "for data write -d 'a=b'"],
    [["http://h.test/", "a==b"], "write it into the URL, ?a=b"],
    [["http://h.test/", "X-Foo:bar"], "for a header field write -H 'X-Foo: bar'"],
    [["http://h.test/", "batch"], "it is the name of a command, which comes first: sonde batch"],
    [["h:http"], 'the port "http" is not a number from 1 to 65535'],
    [["h:80:"], "it ends in a colon too many, write h:80"],
    [["-"], "for URLs from stdin write sonde batch -"],
    [['{"a":1}', "http://h.test/"], "to send it write -d JSON -H 'Content-Type: application/json'"],
    [['[{"a":1}]', "http://h.test/"], "it is JSON: to send it write -d JSON"],
    [["--json"], "it is a flag: write it before --"],
    [["10.0.0.0/24"], "it is a range of 256 addresses: write echo 10.0.0.0/24 | sonde batch -"],
    [["hosts.txt"], "it is the name of a file: to probe each line of it write sonde batch hosts.txt"],
    [["./hosts"], "sonde batch ./hosts"],
    [["/srv/hosts"], "sonde batch /srv/hosts"],
    [["tcp://h.test:25"], "for other protocols write sonde raw h.test:25"],
    [["rediss://h.test:6379/0"], "for other protocols write sonde raw --tls h.test:6379"],
    [["constructor://h.test/"], "the scheme constructor is not http or https"],
    [["redis://h.test:6379"], "for other protocols write sonde raw h.test:6379"],
    [["redis://:word@h.test"], "for other protocols write sonde raw h.test:6379"],
    [["ftp://[::1]/pub"], "for other protocols write sonde raw [::1]:21"],
    [["htp://h.test"], "write http://h.test"],
    [["@hosts.txt"], "to probe each line of it write sonde batch hosts.txt"],
    [["file:///srv/hosts"], "to probe each line of it write sonde batch /srv/hosts"],
    [["http://h.test/", "Accept:text/html"], "for a header field write -H 'Accept: text/html'"],
    [["http://h.test/", "next=/a"], "for data write -d 'next=/a'"],
    [["compare", "a.json", "b.json"], "it is no command; write sonde diff BEFORE AFTER"],
    [["ping", "h.test"], "it is no command; write sonde -n 20 URL"],
    [["compare"], "a single word may be a typing error"],
    [["https", "h.test"], "it is a scheme: write https://HOST/"],
    [
      ["10.0.0.1-9"],
      "a range is written as a prefix, as in 10.0.0.1/28; or give each address from 10.0.0.1 to 9",
    ],
    [["2130706433"], "as a host it is the address 127.0.0.1; write that address"],
    [["0x7f000001"], "as a host it is the address 127.0.0.1; write that address"],
    [["a.test,b.test"], "a host has no commas: write the targets apart, with blanks or, in a list, on lines"],
    [["http://::1:8080/"], "write the IPv6 address in brackets, [::1]:8080"],
  ],
  async ([operands, message]) => {
    await assertRejects(() => readTargetOperands(operands, {}), UsageError, message);
  },
  { permissions: "none" },
);

testRows<[operand: string, host: string]>(
  "readTargetOperands() reads a target that is meant as one",
  [
    ["http://db/", "db"],
    ["db:80", "db"],
    ["localhost", "localhost"],
    ["::1", "::1"],
    ["fe80::1%lo", "fe80::1%lo"],
    ["h.test", "h.test"],
    ["h.test/a=b", "h.test"],
    ["known", "known"],
    ["http://h.test/hosts.txt", "h.test"],
    ["http://9610/", "0.0.37.138"],
    ["10.0.0.0/240", "10.0.0.0"],
    ["user:word@h.test", "h.test"],
  ],
  async ([operand, host]) => {
    const [target] = await readTargetOperands([operand], {}, { knownHosts: ["known"] });
    assertEquals([target?.host, target?.input], [host, operand]);
  },
  { permissions: "none" },
);

testRows<[operand: string, question: string, host: string]>(
  "readTargetOperands() asks before it takes a word or a number for a host",
  [
    ["db", "Probe the host db?", "db"],
    ["9610", "Probe 0.0.37.138, the address that 9610 is as a host?", "0.0.37.138"],
  ],
  async ([operand, question, host]) => {
    const asked: string[] = [];
    const answer = (yes: boolean) => ({
      ask: (text: string) => {
        asked.push(text);
        return Promise.resolve(yes);
      },
    });
    const [target] = await readTargetOperands([operand], answer(true));
    assertEquals([asked, target?.host], [[question], host]);
    await assertRejects(() => readTargetOperands([operand], answer(false)), UsageError, "Cannot probe");
    await assertRejects(() => readTargetOperands([operand], answer(true), { quiet: true }), UsageError);
    assertEquals(asked.length, 2, "with -q it does not ask");
  },
  { permissions: "none" },
);

Deno.test("readTargetOperands() takes a word for a host that the hosts file has", async () => {
  const lines = (await Deno.readTextFile("/etc/hosts")).split("\n").map((line) =>
    line.replace(/#.*/, "").trim()
  );
  const names = lines.flatMap((line) => line.split(/\s+/).slice(1)).filter((name) => /^[a-z]\w*$/.test(name));
  const [name] = names;
  if (name === undefined) return;
  const [target] = await readTargetOperands([name], {});
  assertEquals(target?.host, name);
});

Deno.test("readTargetOperands() ends with 130 and no message if the question is interrupted", async () => {
  const io = { ask: () => Promise.resolve(false), signal: AbortSignal.abort() };
  const error = await assertRejects(() => readTargetOperands(["db"], io), InterruptedQuestion);
  const { text, code } = formatRunError(error);
  assertEquals([text, code], ["", 130]);
});

Deno.test("readTargetOperands() names sonde batch for a word that is a file", async () => {
  using folder = new TestFolder();
  const path = folder.file("list");
  await Deno.writeTextFile(path, "h.test\n");
  const before = Deno.cwd();
  Deno.chdir(folder.path);
  try {
    await assertRejects(() => readTargetOperands(["list"], {}), UsageError, "write sonde batch list");
  } finally {
    Deno.chdir(before);
  }
});
