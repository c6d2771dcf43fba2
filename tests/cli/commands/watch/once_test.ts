import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { withFolder } from "../../../_folder.ts";
import { fixture, startPeer } from "../../../peer/peer.ts";
import { run, TextOutput } from "../../_run.ts";
import { Service } from "./_service.ts";
import { stepRows, testRows } from "../../../_test_rows.ts";

Deno.test("sonde watch --once derives its exit code from the results, in every format", async (test) => {
  await using good = new Service();
  await using bad = new Service();
  bad.status = 503;
  await withFolder(async (folder) => {
    const file = `${folder}/checks.json`;
    const checks = [{ name: "good", url: good.url, tags: ["a"] }, {
      name: "bad",
      url: bad.url,
      tags: ["b"],
      maxTime: "7s",
    }];
    await Deno.writeTextFile(file, JSON.stringify(checks));
    const rows: [args: string[], code: number, stdout: RegExp][] = [
      [
        [],
        1,
        /^(?=[^]*^up +200 .* good$)(?=[^]*^DOWN +503 .* bad \(not status < 400 \(found 503\)\)$)(?![^]*not status[^]*not status)/m,
      ],
      // The row says why, so the change does not.
      [
        ["--history", `${file}.db`],
        1,
        /^DOWN [^\n]* bad \(not status < 400 \(found 503\)\)$[^]*^\d[^\n]* {2}DOWN {2}bad\n$/m,
      ],
      [["--only", "a"], 0, /^up +200 .* good\n$/],
      [["--only", "bad"], 1, /^DOWN /],
      [["-q"], 1, /^$/],
      [["--json", "--only", "good"], 0, /^\{"schema":1,.*"tag":"good".*\}\n$/],
      [
        ["--format", "md"],
        1,
        /^\| check \| verdict \| input \| status [^]*^\| bad \| down \| http:\/\/[^ ]* \| 503 unmet \|/m,
      ],
      [
        ["--format", "csv"],
        1,
        /^input,url,.*,tag,[a-z_,]*,verdict,cause,[a-z_,]*$[^]*^http:\/\/.*,bad,down,[^\n]*$/m,
      ],
      [
        ["--format", "junit"],
        1,
        /^<\?xml [^]*<testsuite name="bad"[^]*name="bad: GET http:[^]*name="bad: status[^]*<\/testsuites>\n$/,
      ],
      [
        ["--format", "har"],
        1,
        /^\{"log":[^]*"comment":"bad: down, not status < 400 \(found 503\)"[^]*\]\}\}\n$/,
      ],
      [["--format", "prom"], 1, /\nprobe_success\{target="http:\/\/[^"]*",tag="bad"\} 0\n/],
      [["--format", "prom"], 1, /\nprobe_timeout_seconds\{target="http:\/\/[^"]*",tag="bad"\} 7\n/],
      [["--format", "nagios"], 2, /^HTTP CRITICAL - 1 of 2 ok .*\nbad \(http:.*\): CRITICAL - 503 in .*\n$/],
      [["--format", "nagios", "--only", "bad"], 2, /^HTTP CRITICAL - bad: 503 in .* \| time=/],
    ];
    await stepRows(test, rows, async ([args, code, stdout]) => {
      const outcome = await run(["watch", "--once", ...args, file]);
      assertEquals([outcome.code, outcome.stderr], [code, ""], args.join(" "));
      assertMatch(outcome.stdout, stdout);
    });
    assertMatch(
      (await run(["watch", "--once", "--only", "none", file])).stderr,
      /no check has one of the names/,
    );
  });
});

Deno.test("sonde watch --once tells the verdict of each check in every format", async (test) => {
  await using service = new Service();
  await using bad = new Service();
  bad.status = 503;
  await withFolder(async (folder) => {
    const [degraded, file] = [`${folder}/degraded.json`, `${folder}/checks.json`];
    const slow = { name: "slow", url: service.url, tags: ["t"], degraded: ["status == 204"] };
    const pause = { from: "2020-01-01T00:00:00Z", to: "2120-01-01T00:00:00Z" };
    await Deno.writeTextFile(degraded, JSON.stringify([slow]));
    await Deno.writeTextFile(
      file,
      JSON.stringify([
        { name: "fine", url: service.url },
        slow,
        { name: "gone", url: bad.url },
        { name: "paused", url: bad.url, maintenance: [pause] },
      ]),
    );
    const cause = "not status == 204 (found 200)";
    const rows: [args: string[], code: number, parts: string[]][] = [
      [[degraded], 0, ["degraded 200", cause]],
      [["--json", degraded], 0, [
        `"check":{"name":"slow","verdict":"degraded","cause":"${cause}","condition":"degraded"`,
        '"tags":["t"]',
      ]],
      [["--format", "csv", degraded], 0, [`,slow,degraded,${cause},degraded,`]],
      [["--format", "md", degraded], 0, ["| slow | degraded |", "| not status == 204 (found 200) |"]],
      [["--format", "junit", degraded], 0, [
        'failures="0" errors="0"',
        '<property name="verdict" value="degraded"/>',
        `<system-out>degraded: ${cause}</system-out>`,
      ]],
      [["--format", "har", degraded], 0, [`"comment":"slow: degraded, ${cause}"`, '"_check":{"name":"slow"']],
      [["--format", "prom", degraded], 0, [
        `sonde_check_verdict{target="${service.url}",tag="slow",verdict="degraded"} 1\n`,
        `probe_success{target="${service.url}",tag="slow"} 1\n`,
      ]],
      [["--format", "nagios", degraded], 1, [`HTTP WARNING - slow: 200 in `, `, degraded: ${cause} | time=`]],
      [["--format", "nagios", file], 2, [
        "HTTP CRITICAL - 2 of 4 ok (down: gone; degraded: slow; in maintenance: paused) | ok=2;;;0;4\n",
        "): WARNING - 200 in ",
      ]],
      [["--json", file], 1, ['"check":{"name":"paused","verdict":"down"', '"excluded":"maintenance"']],
      [["--format", "junit", "--only", "paused", file], 0, ['skipped="2"', 'value="maintenance"']],
      [["--format", "nagios", "--only", "paused", file], 0, ["HTTP OK - paused: in maintenance, 503 in "]],
    ];
    await stepRows(test, rows, async ([args, code, parts]) => {
      const outcome = await run(["watch", "--once", ...args]);
      assertEquals([outcome.code, outcome.stderr], [code, ""]);
      assertEquals(parts.filter((part) => !outcome.stdout.includes(part)), [], outcome.stdout);
    });
  });
});

Deno.test("sonde watch --once warns of a certificate of an earlier hop and of its issuers", async (test) => {
  await using last = new Service();
  const away = `HTTP/1.1 302 Found\r\nLocation: ${last.url}\r\nContent-Length: 0\r\n\r\n`;
  const tls = { certificate: "path_leaf", sends: ["path_authority_2045", "path_cross_2021"] } as const;
  await using first = await startPeer([{ expect: "\r\n\r\n" }, { send: away }, { stall: true }], { tls });
  await withFolder(async (folder) => {
    const file = `${folder}/checks.json`;
    const url = `https://127.0.0.1:${first.port}/`;
    await Deno.writeTextFile(`${folder}/root.pem`, fixture("path_root_2110.pem"));
    const check = { name: "shop", url, cacert: "root.pem", maxRedirects: 1, certificateDays: 10_000 };
    await Deno.writeTextFile(file, JSON.stringify([check]));
    const rows: [format: string, code: number, part: string][] = [
      ["nagios", 1, `the certificate O=sonde tests, CN=path authority of ${url} expires in `],
      ["junit", 0, `<system-out>the certificate O=sonde tests, CN=path authority of ${url} expires in `],
      [
        "json",
        0,
        '"certificate":{"subject":"O=sonde tests, CN=path authority","notAfter":"2045-01-01T00:00:00Z"',
      ],
      ["csv", 0, ",2045-01-01T00:00:00Z,"],
      [
        "prom",
        0,
        `probe_ssl_earliest_cert_expiry{target="${url}",tag="shop"} ${Date.UTC(2045, 0, 1) / 1000}\n`,
      ],
      ["prom", 0, `sonde_check_certificate_warning{target="${url}",tag="shop"} 1\n`],
      ["text", 0, "CERTIFICATE  shop"],
    ];
    await stepRows(test, rows, async ([format, code, part]) => {
      const outcome = await run(["watch", "--once", "--format", format, file]);
      assertEquals([outcome.code, outcome.stderr], [code, ""]);
      assertStringIncludes(outcome.stdout, part);
    });
  });
});

Deno.test("sonde watch --once orders documents by the task file, and prints text as checks end", async (test) => {
  let second = Promise.withResolvers<void>();
  let format = "";
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
    const first = new URL(request.url).pathname === "/first";
    if (first) await second.promise;
    // As text it is shown before the first is answered; in a document it must not be, so that is answered late.
    else if (format !== "text") second.resolve();
    return new Response(first ? "x".repeat(3_000_000) : "");
  });
  class ShownText extends TextOutput {
    override write(text: string): Promise<void> {
      if (text.includes("second")) second.resolve();
      return super.write(text);
    }
  }
  await withFolder(async (folder) => {
    const file = `${folder}/checks.json`;
    const names = ["first", "second"];
    const url = `http://127.0.0.1:${server.addr.port}/`;
    await Deno.writeTextFile(file, JSON.stringify(names.map((name) => ({ name, url: url + name }))));
    const rows: [format: string, order: RegExp][] = [
      ["md", /first[^]*second/],
      ["csv", /first[^]*second/],
      ["json", /first[^]*second/],
      ["junit", /first[^]*second/],
      ["text", /second[^]*first/],
    ];
    await stepRows(test, rows, async ([name, order]) => {
      format = name;
      second = Promise.withResolvers();
      const stdout = new ShownText();
      assertEquals((await run(["watch", "--once", "--format", format, file], { stdout })).code, 0, format);
      assertMatch(stdout.text, order, format);
    });
  });
});

Deno.test("sonde watch --once counts failures across runs in its history", async () => {
  await using service = new Service();
  await withFolder(async (folder) => {
    const [file, db] = [`${folder}/checks.json`, `${folder}/h.db`];
    const command = ["/bin/sh", "-c", `echo "$SONDE_KIND $SONDE_SINCE" >> ${folder}/told`];
    await Deno.writeTextFile(
      file,
      JSON.stringify({ checks: [{ name: "a", url: service.url, failures: 3 }], commands: [command] }),
    );
    const codes: number[] = [];
    for (const status of [200, 503, 503, 503, 503, 200]) {
      service.status = status;
      codes.push((await run(["watch", "--once", "--history", db, file])).code);
    }
    assertEquals(codes, [0, 1, 1, 1, 1, 0]);
    const database = new DatabaseSync(db);
    const startOf = (n: number) =>
      new Date(Number(database.prepare("SELECT at FROM runs ORDER BY at").all()[n]?.["at"]));
    assertEquals(
      await Deno.readTextFile(`${folder}/told`),
      `down ${startOf(1).toISOString()}\nup ${startOf(5).toISOString()}\n`,
    );
    database.close();
  });
});

Deno.test("sonde watch --once lists undelivered notices, and the next run delivers them", async () => {
  await using bad = new Service();
  bad.status = 503;
  const told: string[] = [];
  const answered = Promise.withResolvers<void>();
  let refused = 0;
  const stop = new AbortController();
  let hangs = true;
  await using hook = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
    if (new URL(request.url).pathname === "/hook") {
      if (hangs) await answered.promise;
      else told.push((await request.json() as { kind: string }).kind);
      return new Response();
    }
    // The second try comes after the first one has failed.
    if (++refused % 2 === 0) stop.abort();
    return new Response(null, { status: 500 });
  });
  await withFolder(async (folder) => {
    const [file, db] = [`${folder}/checks.json`, `${folder}/h.db`];
    const server = `http://127.0.0.1:${hook.addr.port}`;
    const write = (...webhooks: string[]) =>
      Deno.writeTextFile(file, JSON.stringify({ checks: [{ name: "shop", url: bad.url }], webhooks }));
    await Deno.writeTextFile(`${folder}/key`, "a-secret");
    await write(`${server}/\${file:${folder}/key}`, `${server}/hook`);
    const stopped = await run(["watch", "--once", "--history", db, file], { signal: stop.signal });
    assertEquals(stopped.code, 130);
    assertMatch(stopped.stdout, /^DOWN .* shop \(/m);
    assertEquals(stopped.stderr.split("\n"), [
      'sonde: webhooks[0]: Cannot deliver "down" of shop: the answer was 500',
      "sonde: webhooks[0]: 1 notice was not delivered; the next run tries again",
      "sonde: webhooks[1]: 1 notice was not delivered; the next run tries again",
      "",
    ]);
    hangs = false;
    // The state no longer changes, but the notice is still delivered.
    await write(`${server}/hook`);
    const { code, stderr } = await run(["watch", "--once", "--history", db, file]);
    assertEquals([code, stderr, told], [1, "", ["down"]]);
  });
  answered.resolve();
});

Deno.test("sonde watch --once names a refusal, and does not keep the refused notice", async () => {
  await using bad = new Service();
  bad.status = 503;
  await using hook = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    () => new Response("no_service", { status: 404 }),
  );
  await withFolder(async (folder) => {
    const [file, db] = [`${folder}/checks.json`, `${folder}/h.db`];
    const receivers = [{ type: "slack", url: `http://127.0.0.1:${hook.addr.port}/a` }];
    await Deno.writeTextFile(file, JSON.stringify({ checks: [{ name: "shop", url: bad.url }], receivers }));
    const first = await run(["watch", "--once", "--history", db, file]);
    const second = await run(["watch", "--once", "--history", db, file]);
    assertEquals([first.stderr, second.stderr], [
      'sonde: receivers[0]: Cannot deliver "down" of shop: the answer was 404: no_service; ' +
      "refused, so sonde does not try again\n",
      "",
    ]);
  });
});

testRows<[file: unknown, only: string[], reason: string | undefined]>(
  "sonde watch --once asks for a history where it has to remember",
  [
    [{ checks: [{ name: "a", url: "127.0.0.1:1" }] }, [], undefined],
    [
      { checks: [{ name: "a", url: "127.0.0.1:1", failures: 3 }] },
      [],
      "count from run to run: a has failures: 3\n",
    ],
    [{ checks: [{ name: "a", url: "127.0.0.1:1", remind: "1h" }] }, [], "a has remind\n"],
    [{ checks: [{ name: "a", url: "127.0.0.1:1", successes: 2 }] }, [], "a has successes: 2\n"],
    [
      { defaults: { failures: 2 }, checks: [{ url: "127.0.0.1:1" }, { url: "127.0.0.1:2" }] },
      [],
      "127.0.0.1:1 has failures: 2 and 1 more\n",
    ],
    [
      { checks: [{ name: "a", url: "127.0.0.1:1" }, { name: "b", url: "127.0.0.1:1", failures: 3 }] },
      ["--only", "a"],
      undefined,
    ],
    [
      { checks: [{ url: "127.0.0.1:1" }], webhooks: ["http://127.0.0.1:1/"] },
      [],
      "sonde cannot know what it told webhooks[0] before\n",
    ],
    [
      { checks: [{ name: "a", url: "127.0.0.1:1", failures: 3 }], commands: [["/bin/true"], ["/bin/false"]] },
      [],
      "failures: 3, and cannot know what it told commands[0] and 1 more before\n",
    ],
  ],
  async ([content, args, reason]) => {
    await withFolder(async (folder) => {
      const file = `${folder}/checks.json`;
      await Deno.writeTextFile(file, JSON.stringify(content));
      const { code, stderr } = await run(["watch", "--once", ...args, file]);
      assertEquals(code, reason === undefined ? 1 : 2, stderr);
      assert(stderr.includes("add --history FILE") === (reason !== undefined), stderr);
      assertStringIncludes(stderr, reason ?? "");
      // The same mistake is found beforehand.
      const checked = await run(["watch", "--check", "--once", ...args, file]);
      assertEquals([checked.code, checked.stderr], [reason === undefined ? 0 : 2, stderr]);
      assertEquals((await run(["watch", "--check", ...args, file])).code, 0);
    });
  },
);

testRows<[output: string, what: string]>(
  "sonde watch does not write its output over a file that it reads,",
  [
    ["h.db", "the history"],
    ["checks.json", "the task file"],
    ["ca.pem", "a file that the task file names"],
  ],
  async ([output, what]) => {
    await withFolder(async (folder) => {
      const text = JSON.stringify([{ url: "https://127.0.0.1:1/", cacert: "ca.pem" }]);
      await Deno.writeTextFile(`${folder}/checks.json`, text);
      const authority = fixture("ca.pem");
      await Deno.writeTextFile(`${folder}/ca.pem`, authority);
      const args = ["--history", `${folder}/h.db`, "-o", `${folder}/${output}`, `${folder}/checks.json`];
      const outcome = await run(["watch", "--once", ...args]);
      assertEquals([outcome.code, outcome.stdout], [2, ""]);
      assertStringIncludes(outcome.stderr, `Cannot write to ${folder}/${output}: it is ${what}`);
      assertEquals(await Deno.readTextFile(`${folder}/checks.json`), text);
      assertEquals(await Deno.readTextFile(`${folder}/ca.pem`), authority);
    });
  },
);

Deno.test("sonde watch --once counts the checks that are done on the terminal", async () => {
  await using quick = new Service();
  const counted = Promise.withResolvers<Response>();
  await using slow = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => counted.promise);
  class Terminal extends TextOutput {
    override readonly terminal = true;

    override write(text: string): Promise<void> {
      // The second check ends once the line counts the first one.
      if (text.includes("1 of 2 checks done")) counted.resolve(new Response("hi"));
      return super.write(text);
    }
  }
  const stderr = new Terminal();
  await withFolder(async (folder) => {
    const file = `${folder}/checks.json`;
    const checks = [
      { name: "quick", url: quick.url },
      { name: "slow", url: `http://127.0.0.1:${slow.addr.port}/`, maxTime: "5s" },
    ];
    await Deno.writeTextFile(file, JSON.stringify(checks));
    let now = 0;
    // With each look at the clock, the run takes longer.
    const { code } = await run(["watch", "--once", file], { stderr, now: () => now += 3_000 });
    counted.resolve(new Response("too late"));
    assertEquals(code, 0);
  });
  assertStringIncludes(stderr.text, "1 of 2 checks done");
});
