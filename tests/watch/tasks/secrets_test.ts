import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { composeRequest } from "../../../lib/probe/compose_request.ts";
import { parseTarget, settleTarget } from "../../../lib/target/target.ts";
import { decodeText } from "../../../lib/text/decode/text_reader.ts";
import { redactPasswords, Secrets } from "../../../lib/watch/tasks/secrets.ts";
import { redactAll } from "../../../lib/watch/redaction/redact_all.ts";
import { stepRows, testRows } from "../../_test_rows.ts";

const SECRET = "Tr0ub<4> d\u00f6r\\&key";

function secrets(...values: string[]): Secrets {
  const secrets = new Secrets({ env: (name) => values[Number(name)], file: () => "" });
  for (const index of values.keys()) secrets.resolve(`\${env:${index}}`);
  return secrets;
}

Deno.test("Secrets.redact() recognises a secret in every form", { permissions: "none" }, async (test) => {
  const base64 = (text: string) => new TextEncoder().encode(text).toBase64();
  const rows: [written: string, redacted: string][] = [
    [`a ${SECRET} b`, "a *** b"],
    [JSON.stringify({ a: SECRET }), '{"a":"***"}'],
    [`/?k=${encodeURIComponent(SECRET)}&l`, "/?k=***&l"],
    [`/${encodeURI(SECRET)}`, "/***"],
    [SECRET.toLowerCase(), "***"],
    ["x: Tr0ub<4> d\xc3\xb6r\\&key", "x: ***"],
    ["x: Tr0ub<4> d\\xc3\\xb6r\\\\&key", "x: ***"],
    ["<p>Tr0ub&lt;4&gt; d\u00f6r\\&amp;key</p>", "<p>***</p>"],
    ["http://me:other@a.test/ and //x", "http://me:***@a.test/ and //x"],
  ];
  await stepRows(test, rows, ([written, redacted]) => {
    assertEquals(secrets(SECRET).redact(written), redacted, written);
  });
  await stepRows(test, ["", "u", "us", "use", "user"], (before) => {
    const redacted = secrets(SECRET).redact(`Basic ${base64(`${before}:${SECRET}:and more`)}`);
    const [, head = "", tail = ""] = /^Basic (.*)\*\*\*(.*)$/.exec(redacted) ?? [];
    // What is left is what stands around the secret, and the few bits that share a character with it.
    const [most, mostAfter] = [base64(`${before}:`).length, base64(":and more").length + 4];
    assert(redacted.includes("***") && head.length <= most && tail.length <= mostAfter, redacted);
  });
});

testRows<[text: string, redacted: string]>(
  "Secrets.redact() removes the beginning of a secret at the end of a cut text",
  [
    ["k=Tr0ub<4> d…", "k=***…"],
    ["k=Tr0u…", "k=***…"],
    ["k=Tr0…", "k=Tr0…"],
    ['"k=Tr0ub<4…" is no field', '"k=***…" is no field'],
    ["Tr0ub… and Tr0ub<4> d\u00f6r\\&key…", "***… and ***…"],
    ["k=Tr0ub", "k=Tr0ub"],
  ],
  ([text, redacted]) => {
    assertEquals(secrets(SECRET).redact(text), redacted);
  },
  { permissions: "none" },
);

testRows<[values: string[], text: string, redacted: string]>(
  "Secrets.redact() prefers the longer of two secrets with the same beginning, and ignores short ones",
  [
    [["abcd", "abcdefgh"], "abcdefgh abcd", "*** ***"],
    [["abcdefgh", "abcd"], "abcdefgh abcd", "*** ***"],
    [["abc", ""], "abcdef", "abcdef"],
  ],
  ([values, text, redacted]) => {
    assertEquals(secrets(...values).redact(text), redacted);
  },
  {
    permissions: "none",
  },
);

testRows<[text: string, redacted: string]>(
  "redactPasswords() replaces the password between user and host",
  [
    ["http://me:pw@a.test/", "http://me:***@a.test/"],
    ["https://:pw@a.test", "https://:***@a.test"],
    ["http://me@a.test/b:c@d", "http://me@a.test/b:c@d"],
    ["http://a.test/?mail=b:c@d", "http://a.test/?mail=b:c@d"],
    ['"http://a:b@c/" and "http://d:e:f@g/"', '"http://a:***@c/" and "http://d:***@g/"'],
  ],
  ([text, redacted]) => {
    assertEquals(redactPasswords(text), redacted);
  },
  { permissions: "none" },
);

testRows<[data: unknown, redacted: unknown]>(
  "redactAll() keeps the words of sonde and digests, which are no content of a server",
  [
    [{ error: { kind: "refused", by: "local", phase: "connect", message: "refused" } }, {
      error: { kind: "refused", by: "local", phase: "connect", message: "***" },
    }],
    [{ kind: "down", from: "up", to: "down", title: "a is down" }, {
      kind: "down",
      from: "up",
      to: "down",
      title: "a is ***",
    }],
    [{ sha256: "down".padEnd(64, "0"), url: "down" }, { sha256: "***".padEnd(63, "0"), url: "***" }],
    [{ sha256: "cafe".padEnd(64, "0") }, { sha256: "cafe".padEnd(64, "0") }],
    [{ actual: { kind: "down", refused: 1 } }, { actual: { kind: "***", "***": 1 } }],
    [{ facts: { to: "down", refused: 1 } }, { facts: { to: "***", "***": 1 } }],
    [{ kind: "down down" }, { kind: "*** ***" }],
  ],
  ([data, redacted]) => {
    const own = secrets("down", "refused", "local", "connect", "cafe");
    assertEquals(redactAll(data, (text) => own.redact(text)), redacted);
  },
  { permissions: "none" },
);

Deno.test("redactAll() keeps numbers and points in time, and redacts the keys of what a predicate gave", {
  permissions: "none",
}, () => {
  const own = secrets("2026", "s3cret-key");
  const data = {
    startedAt: "2026-11-30T10:00:00.000Z",
    ports: [2026],
    checks: [{ expect: "s3cret-key", actual: { list: [{ "s3cret-key": "s3cret-key" }], none: null } }],
  };
  assertEquals(redactAll<unknown>(data, (text) => own.redact(text)), {
    startedAt: "2026-11-30T10:00:00.000Z",
    ports: [2026],
    checks: [{ expect: "***", actual: { list: [{ "***": "***" }], none: null } }],
  });
});

Deno.test(
  "Secrets.redact() knows a secret that was added after the text was seen",
  { permissions: "none" },
  () => {
    const own = secrets("first-secret");
    assertEquals(own.redact("a later-secret"), "a later-secret");
    own.add("later-secret");
    assertEquals(own.redact("a later-secret"), "a ***");
  },
);

testRows<[octets: string, credentials: string, echoes: string[]]>(
  "Secrets.resolve() takes a file that is not UTF-8 as the octets of credentials, and redact() knows them",
  [
    ["p\xe4ssw\xf6rter", "bWU6cORzc3f2cnRlcg==", [
      "p\xe4ssw\xf6rter",
      "p\ufffdssw\ufffdrter",
      "p%E4ssw%F6rter",
    ]],
    ["\xfb\xfe\xfd\xfc\xff", "bWU6+/79/P8=", [
      "\xfb\xfe\xfd\xfc\xff",
      "%FB%FE%FD%FC%FF",
      "\\xfb\\xfe\\xfd\\xfc\\xff",
    ]],
    ["\xc3\xa4\xe4+long\r\n", "bWU6w6TkK2xvbmc=", ["\xc3\xa4\xe4+long", "\u00e4\ufffd+long"]],
  ],
  ([octets, credentials, echoes]) => {
    const content = Uint8Array.from(octets, (unit) => unit.charCodeAt(0));
    const known = new Secrets({
      env: () => undefined,
      file: () => decodeText(content),
      octets: () => content,
    });
    assertThrows(() => known.resolve("${file:a}"), SyntaxError, "Cannot use ${file:a}: line 1 has the byte");
    const password = known.resolve("${file:a}", { octets: true });
    const request = composeRequest(settleTarget(parseTarget("http://a.test/"), "http"), {
      credentials: { user: "me", password },
    });
    assertStringIncludes(new TextDecoder().decode(request.bytes), `Authorization: Basic ${credentials}\r\n`);
    assertEquals(echoes.map((echo) => known.redact(`a ${echo} b`)), echoes.map(() => "a *** b"));
    assertStringIncludes(known.redact(`Basic ${credentials} b`), "***");
    assert(!known.redact(`Basic ${credentials} b`).includes(credentials.slice(6, 12)));
  },
  { permissions: "none" },
);

Deno.test("PROCESS_SECRETS.env() refuses a variable that is not UTF-8, and says what to do", async () => {
  const module = new URL("../../../lib/watch/tasks/secrets.ts", import.meta.url).href;
  const script = `import { PROCESS_SECRETS } from "${module}";
    try { PROCESS_SECRETS.env("ODD"); } catch (error) { console.log(error.name + ": " + error.message); }`;
  const { stdout } = await new Deno.Command("sh", {
    args: ["-c", `ODD=$(printf 'p\\344') exec "$0" eval "$1"`, Deno.execPath(), script],
    env: { NO_COLOR: "1" },
  }).output();
  assertEquals(
    new TextDecoder().decode(stdout),
    "SyntaxError: its value is not UTF-8: put it into a file and write ${file:PATH}\n",
  );
});
