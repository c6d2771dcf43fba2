import { assert, assertEquals, assertThrows } from "@std/assert";
import { parseTasks } from "../../../lib/watch/tasks/parse_tasks.ts";
import { TaskFileError } from "../../../lib/watch/tasks/task_file_error.ts";
import { SOURCE, task } from "../_samples.ts";
import { stepRows, testRows } from "../../_test_rows.ts";

const OPTIONS = { file: "checks.json", source: SOURCE };

Deno.test("parseTasks() fills in the defaults of a check", { permissions: "none" }, () => {
  const { expectations, redact, definition, ...rest } = task({ url: "http://a.test/" });
  assertEquals(definition.length, 16);
  assertEquals(expectations.map(({ text }) => text), ["status < 400"]);
  assertEquals(redact("a"), "a");
  assertEquals(rest, {
    name: "http://a.test/",
    url: "http://a.test/",
    options: { maxTime: 10_000, keepText: false, keepSha256: false },
    judge: "whole",
    conn: undefined,
    degraded: [],
    on: undefined,
    predicates: [],
    interval: 60_000,
    retries: 0,
    thresholds: { failures: 1, successes: 1, certificateDays: [14], flapping: 6 },
    maintenance: [],
    dependsOn: [],
    remind: undefined,
    tags: [],
    identity: '{"url":"http://a.test/"}',
  });
});

Deno.test(
  "parseTasks() accepts every key of a check, and defaults for all checks",
  { permissions: "none" },
  () => {
    const test = { fine: () => true };
    const { tasks, receivers } = parseTasks({
      defaults: { interval: "30s", tags: ["web"], retries: 2 },
      webhooks: ["http://hook.test/", {
        url: "http://hook2.test/${env:TOKEN}",
        headers: { A: "${file:key.txt}", B: "é" },
      }],
      commands: [["./tell", "me"]],
      checks: [{
        name: "shop",
        url: "https://shop.test/",
        method: "POST",
        headers: { "X-Key": "Bearer ${env:TOKEN}", "Accept": null, "B": "é€" },
        body: "{}",
        expect: ["body ~ /ok/", "body.sha256 ~ /a/"],
        degraded: ["timings.total < 1s"],
        test,
        maxTime: "5s",
        retries: 1,
        failures: 3,
        successes: 2,
        certificateDays: [7, 30],
        flapping: 0,
        maxRedirects: 4,
        verify: false,
        on: ["down", "up", "certificate"],
      }],
    }, OPTIONS);
    const [shop] = tasks;
    assertEquals(shop?.on, ["down", "up", "certificate-soon", "certificate-renewed"]);
    assertEquals([shop?.interval, shop?.tags, shop?.retries], [30_000, ["web"], 1]);
    assertEquals(shop?.thresholds, { failures: 3, successes: 2, certificateDays: [30, 7], flapping: 0 });
    assertEquals(shop?.predicates, [["fine", test.fine]]);
    assertEquals(shop?.options, {
      maxTime: 5000,
      method: "POST",
      body: "{}",
      headers: [
        ["X-Key", "Bearer s3cr3t/+token"],
        ["Accept", undefined],
        ["B", "\xc3\xa9\xe2\x82\xac"],
      ],
      maxRedirects: 4,
      verify: false,
      keepText: true,
      keepSha256: true,
    });
    const unset = {
      on: undefined,
      only: undefined,
      method: undefined,
      body: undefined,
      urlTemplate: undefined,
      headerTemplates: undefined,
    };
    assertEquals(receivers, [
      { type: "webhook", place: "webhooks[0]", url: "http://hook.test/", headers: {}, ...unset },
      {
        ...unset,
        type: "webhook",
        place: "webhooks[1]",
        url: "http://hook2.test/s3cr3t/+token",
        headers: { A: "from-a-file", B: "\xc3\xa9" },
      },
      { type: "command", place: "commands[0]", command: ["./tell", "me"] },
    ]);
  },
);

testRows<[content: unknown, problems: string[]]>("parseTasks() names file, entry and key of every mistake", [
  [5, ["file: expected an object, not 5"]],
  [{}, ["file: checks: the list is empty"]],
  [[], ["file: checks: the list is empty"]],
  [{ checks: [] }, ["file: checks: the list is empty"]],
  [{ chekcs: [], checks: [] }, ["file: chekcs: unknown key, the nearest one is checks"]],
  [[5], ["check 1: expected an object with url, not 5"]],
  [["http://a/"], ['check 1: expected an object with url, not "http://a/": write { "url": "http://a/" }']],
  [[{}], ["check 1: url: it is missing"]],
  [[{ name: "a" }], ["check 1 (a): url: it is missing"]],
  [[{ url: 5 }], ["check 1: url: expected a text, not 5"]],
  [[{ url: "ftp://a/" }], ['check 1 (ftp://a/): url: Cannot probe "ftp://a/"']],
  [[{ url: "a.test", expct: [] }], [
    "check 1 (a.test): expct: unknown key, the nearest one is expect",
  ]],
  [[{ url: "a.test", intervall: "1m" }], [
    "check 1 (a.test): intervall: unknown key, the nearest one is interval",
  ]],
  [[{ url: "a.test", "max-time": "1m" }], [
    "check 1 (a.test): max-time: unknown key, the nearest one is maxTime",
  ]],
  [[{ url: "a.test", timeout: "1m" }], [
    "check 1 (a.test): timeout: unknown key, the nearest one is maxTime",
  ]],
  [[{ url: "a.test", proxy: "http://p.test/" }], [
    "check 1 (a.test): proxy: unknown key: sonde cannot connect through a proxy",
  ]],
  [[{ url: "a.test", webhooks: [] }], [
    "check 1 (a.test): webhooks: this key belongs beside checks, at the top of the file",
  ]],
  [{ checks: [{ url: "a.test" }], interval: "1m" }, [
    "file: interval: this key belongs in a check, or in defaults",
  ]],
  [{ checks: [{ url: "a.test" }], defaults: { exepct: [] } }, [
    "defaults: exepct: unknown key, the nearest one is expect",
  ]],
  [[{ url: "a.test", expect: "status == 200" }], [
    'check 1 (a.test): expect: expected a list, not "status == 200": write ["status == 200"]',
  ]],
  [[{ url: "a.test", name: "a\nb", body: 5 }], ["check 1 (a\\nb): body: expected a text"]],
  [[{ url: "a.test", interval: "1\nm\u001b" }], [
    'check 1 (a.test): interval: Cannot parse duration "1\\nm\\x1b"',
  ]],
  [[{ url: "a.test", interval: 30 }], ['check 1 (a.test): interval: expected a text, not 30: write "30s"']],
  [[{ url: "a.test", maxTime: 1.5 }], ['check 1 (a.test): maxTime: expected a text, not 1.5: write "1.5s"']],
  [[{ url: "a.test", conn: 60 }], [
    "check 1 (a.test): conn: expected true, a duration, a list of experiments, or an object with every and " +
    'experiments, not 60: write "60s"',
  ]],
  [[{ url: "a.test", remind: true }], ["check 1 (a.test): remind: expected a text, not true"]],
  [[{ url: "https://a.test", key: 5 }], ["check 1 (https://a.test): key: expected a text, not 5"]],
  [[{ url: "a.test", tags: ["web", ""] }], ["check 1 (a.test): tags[1]: it is empty"]],
  [[{ url: "a.test", dependsOn: ["b", 5] }], ["check 1 (a.test): dependsOn[1]: expected a text, not 5"]],
  [[{ url: "a.test", conn: ["close", 5] }], [
    "check 1 (a.test): conn.experiments[1]: expected a text, not 5",
  ]],
  [[{ url: "a.test", expect: ["status == 200", "stauts"] }], [
    "check 1 (a.test): expect[1]: Cannot parse expectation",
  ]],
  [[{ url: "a.test", degraded: ["idle > 1s"] }], [
    "check 1 (a.test): degraded[0]: Cannot parse expectation",
  ]],
  [[{ url: "a.test", interval: "soon" }], ['check 1 (a.test): interval: Cannot parse duration "soon"']],
  [[{ url: "a.test", interval: "0s" }], ["check 1 (a.test): interval: it must be above 0"]],
  [[{ url: "a.test", interval: "60d" }], ["check 1 (a.test): interval: the longest is 24d"]],
  [[{ url: "a.test", retries: 1.5 }], [
    "check 1 (a.test): retries: expected a whole number from 0 to 10, not 1.5",
  ]],
  [[{ url: "a.test", on: ["dwon"] }], [
    'check 1 (a.test): on[0]: unknown kind "dwon"; the nearest one is down',
  ]],
  [[{ url: "a.test", on: "down" }], ['check 1 (a.test): on: expected a list, not "down": write ["down"]']],
  [[{ url: "a.test", failures: 0 }], ["check 1 (a.test): failures: expected a whole number from 1 to 1000"]],
  [[{ url: "a.test", verify: "no" }], ['check 1 (a.test): verify: expected true or false, not "no"']],
  [[{ url: "a.test", headers: { "a b": "x" } }], ["check 1 (a.test): request: "]],
  [[{ url: "a.test", headers: { a: 5 } }], ["check 1 (a.test): headers.a: expected a text, not 5"]],
  [[{ url: "a.test", body: "${env:NOPE}" }], [
    "check 1 (a.test): body: Cannot use ${env:NOPE}: the variable is not set",
  ]],
  [[{ url: "a.test", body: "${file:x}" }], [
    "check 1 (a.test): body: Cannot use ${file:x}: there is no such file",
  ]],
  [[{ url: "a.test", body: "a ${env:TOKEN b" }], [
    "check 1 (a.test): body: Cannot use ${env:: write ${env:NAME}",
  ]],
  [[{ url: "a.test", headers: { a: "${file:}" } }], [
    "check 1 (a.test): headers.a: Cannot use ${file:: write ${file:PATH}",
  ]],
  [[{ url: "a.test", judge: "body" }], ['check 1 (a.test): judge: expected "whole" or "head", not "body"']],
  [
    [{
      url: "a.test",
      judge: "head",
      expect: ["status == 200", "json.a == 1"],
      degraded: ["body.bytes > 1"],
    }],
    [
      'check 1 (a.test): expect[1]: json.a is known only after the content, but judge is "head"',
      'check 1 (a.test): degraded[0]: body.bytes is known only after the content, but judge is "head"',
    ],
  ],
  [[{ url: "a.test", test: { a: "x" } }], ["check 1 (a.test): test.a: expected a function"]],
  [[{ url: "a.test", name: "a ${env:TOKEN}" }], ["check 1 (a ${env:TOKEN}): name: sonde prints this, so"]],
  [[{ url: "a.test", tags: ["${env:TOKEN}"] }], ["check 1 (a.test): tags[0]: sonde prints this, so"]],
  [[{ url: "a.test", expect: ['body == "${file:key.txt}"'] }], [
    "check 1 (a.test): expect[0]: sonde prints this",
  ]],
  [[{ url: "http://me:plain@/" }], ['check 1 (http://me:***@/): url: Cannot probe "http://me:***@/"']],
  [[{ url: "a.test" }, { url: "a.test" }], ["check 2 (a.test): name: check 1 already has this name"]],
  [
    [{ url: "a.test" }, { url: "b.test" }, { url: "c.test" }, { url: "b.test" }, { url: "b.test" }],
    [
      "check 4 (b.test): name: check 2 already has this name",
      "check 5 (b.test): name: check 2 already has this name",
    ],
  ],
  [{ checks: [], defaults: { url: "x" } }, ["defaults: url: this key belongs in a check"]],
  [
    {
      defaults: { interval: "soon", expect: ["stauts"], headers: { a: 5 }, retries: 99 },
      checks: [{ url: "a.test" }, { url: "b.test", retries: -1 }],
    },
    [
      "defaults: expect[0]: Cannot parse expectation",
      "defaults: interval: Cannot parse duration",
      "defaults: headers.a: expected a text, not 5",
      "defaults: retries: expected a whole number",
      "check 2 (b.test): retries: expected a whole number",
    ],
  ],
  [[{ url: "a.test", name: " " }], ["check 1 ( ): name: it is empty"]],
  [[{ url: "" }], ["check 1: url: it is empty"]],
  [
    [{ url: "a.test", retries: -1 }, { name: "b", expect: [5] }],
    ["check 1 (a.test): retries", "check 2 (b): url", "check 2 (b): expect[0]: expected a text, not 5"],
  ],
], ([content, problems]) => {
  const error = assertThrows(() => parseTasks(content, OPTIONS), TaskFileError);
  const text = `${JSON.stringify(content)}\n${error.message}`;
  assertEquals(error.problems.length, problems.length, text);
  for (const [index, problem] of problems.entries()) {
    assert(error.problems[index]?.startsWith(problem), text);
  }
  for (const line of error.message.split("\n")) assert(line.startsWith("checks.json: "), text);
}, { permissions: "none" });

testRows<[receivers: Record<string, unknown>, problem: string]>(
  "parseTasks() names entry and key of invalid receivers",
  [
    [{ webhooks: ["ftp://x"] }, "webhooks[0]: url: Cannot probe"],
    [{ webhooks: [{}] }, "webhooks[0]: url: it is missing"],
    [{ webhooks: "http://a/" }, 'webhooks: expected a list, not "http://a/"'],
    [
      { webhooks: ["http://a/", "nope"] },
      'webhooks[1]: url: it has to begin with http:// or https://, unlike "nope"',
    ],
    [{ webhooks: ["localhost:8080/hook"] }, "webhooks[0]: url: it has to begin with"],
    [{ webhooks: [""] }, "webhooks[0]: url: it is empty"],
    [{ webhooks: [5] }, "webhooks[0]: expected a URL or an object with url, not 5"],
    [{ webhooks: [{ url: 5 }] }, "webhooks[0]: url: expected a text, not 5"],
    [
      { webhooks: [{ url: "http://a/", header: {} }] },
      "webhooks[0]: header: unknown key, the nearest one is headers",
    ],
    [{ webhooks: [{ url: "http://a/", headers: { "a b": "x" } }] }, "webhooks[0]: request: "],
    [{ webhooks: [{ url: "http://a/", headers: { a: "x\ny" } }] }, "webhooks[0]: request: "],
    [
      { webhooks: [{ url: "http://a/", headers: { a: "${env:NOPE}" } }] },
      "webhooks[0]: headers.a: Cannot use ${env:NOPE}: the variable is not set",
    ],
    [
      { webhooks: ["${env:TOKEN}"] },
      'webhooks[0]: url: it has to begin with http:// or https://, unlike "${env:TOKEN}"',
    ],
    [
      { webhooks: ["${env:SHORT}"] },
      'webhooks[0]: url: it has to begin with http:// or https://, unlike "${env:SHORT}"',
    ],
    [{ webhooks: ["${env:EMPTY}"] }, "webhooks[0]: url: it is empty because ${env:EMPTY} is empty"],
    [{ webhooks: ["http://a/", { url: "http://a/" }] }, "webhooks[1]: it is the same as webhooks[0]"],
    [{ commands: [[]] }, "commands[0]: expected a program"],
    [{ commands: ["notify"] }, 'commands[0]: expected a list, not "notify"'],
    [{ commands: [["a", 5]] }, "commands[0][1]: expected a text, not 5"],
    [{ commands: [[""]] }, "commands[0][0]: expected a program, not an empty text"],
    [{ commands: [["a"], ["${env:EMPTY}"]] }, "commands[1][0]: expected a program, not an empty text"],
    [{ commands: [["a", "b\0c"]] }, "commands[0][1]: an argument cannot contain a NUL character"],
    [{ commands: [["a", "b"], ["a", "b"]] }, "commands[1]: it is the same as commands[0]"],
  ],
  ([receivers, problem]) => {
    const content = { checks: [{ url: "a.test" }], ...receivers };
    const error = assertThrows(() => parseTasks(content, OPTIONS), TaskFileError);
    assertEquals(error.problems.length, 1, error.message);
    assert(error.message.startsWith(`checks.json: file: ${problem}`), error.message);
  },
  { permissions: "none" },
);

Deno.test(
  "parseTasks() redacts secrets in texts, in every form",
  { permissions: "none" },
  async (test) => {
    const { redact } = parseTasks(
      [{ url: "http://a.test/?k=${env:TOKEN}", body: "${file:key.txt}" }],
      OPTIONS,
    );
    const rows: [text: string, redacted: string][] = [
      ["a s3cr3t/+token b", "a *** b"],
      ["http://a.test/?k=s3cr3t%2F%2Btoken", "http://a.test/?k=***"],
      ['{"a":"from-a-file"}', '{"a":"***"}'],
      ["nothing", "nothing"],
    ];
    await stepRows(test, rows, ([text, redacted]) => {
      assertEquals(redact(text), redacted);
    });
    const [unnamed] = parseTasks([{ url: "http://me:plain@a.test/b@c" }], OPTIONS).tasks;
    assertEquals(unnamed?.name, "http://a.test/b@c");
    assertEquals(
      unnamed?.redact(`${unnamed.url} plain bWU6cGxhaW4=`),
      "http://me:***@a.test/b@c *** ***",
    );
    const error = assertThrows(
      () => parseTasks([{ name: "a", url: "ftp://${env:TOKEN}/" }], OPTIONS),
      TaskFileError,
    );
    assert(!error.message.includes("s3cr3t"), error.message);
  },
);

Deno.test("parseTasks() accepts whole numbers from the minimum to the maximum, inclusive", {
  permissions: "none",
}, async (test) => {
  const limits = {
    certificateDays: [0, 10_000],
    failures: [1, 1000],
    successes: [1, 1000],
    flapping: [0, 100],
    retries: [0, 10],
    maxRedirects: [0, 50],
  };
  const rows = Object.entries(limits).flatMap(([key, [least, most]]) =>
    [least! - 1, most! + 1, 1.5, "1"].map((value) => ({ name: `${key}: ${value}`, key, least, most, value }))
  );
  await stepRows(test, rows, ({ key, least, most, value }) => {
    for (const taken of [least!, most!]) task({ url: "a.test", [key]: taken });
    assertThrows(
      () => task({ url: "a.test", [key]: value }),
      TaskFileError,
      `${key}: expected a whole number from ${least} to ${most}, not ${JSON.stringify(value)}`,
    );
  });
});
