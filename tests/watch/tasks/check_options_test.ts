import { assert, assertEquals, assertThrows } from "@std/assert";
import { composeRequest } from "../../../lib/probe/compose_request.ts";
import { planDial } from "../../../lib/probe/dial_plan.ts";
import type { ProbeOptions } from "../../../lib/probe/options.ts";
import { parseTarget, settleTarget } from "../../../lib/target/target.ts";
import { parseTasks } from "../../../lib/watch/tasks/parse_tasks.ts";
import { TaskFiles } from "../../../lib/watch/tasks/task_files.ts";
import { TaskFileError } from "../../../lib/watch/tasks/task_file_error.ts";
import type { Task } from "../../../lib/watch/tasks/task.ts";
import { testRows } from "../../_test_rows.ts";
import { fixture } from "../../peer/peer.ts";
import { SOURCE } from "../_samples.ts";

/** Files beside the task file conf/checks.json. */
const FILES: Readonly<Record<string, string>> = {
  "conf/ca.pem": fixture("ca.pem"),
  "conf/client.pem": fixture("client.pem"),
  "conf/client.key": fixture("client.key"),
  "conf/both.pem": fixture("client.key") + fixture("client.pem"),
  "conf/good.key": fixture("good.key"),
  "conf/text.pem": "hello",
  "conf/torn.pem": "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
  "conf/data.bin": "\xff\x00",
  "conf/empty": "",
  "/srv/ca.pem": fixture("ca.pem"),
};

function filesIn(folder: string | undefined): TaskFiles {
  return new TaskFiles(folder, (path) => {
    const text = FILES[path];
    if (text === undefined) throw new SyntaxError("there is no such file");
    return Uint8Array.from(text, (unit) => unit.charCodeAt(0));
  });
}

/** Parses checks of the file conf/checks.json. */
function parse(content: unknown, files: TaskFiles = filesIn("conf")) {
  const source = {
    env: SOURCE.env,
    file: (path: string) => {
      if (path !== "conf/key.txt") throw new SyntaxError("there is no such file");
      return "from-a-file\n";
    },
  };
  return parseTasks(content, { file: "conf/checks.json", source, files });
}

function taskOf(keys: Record<string, unknown>, defaults?: Record<string, unknown>): Task {
  const check = { url: "https://shop.test/a", ...keys };
  return parse(defaults === undefined ? [check] : { checks: [check], defaults }).tasks[0]!;
}

const BASE: ProbeOptions = { maxTime: 10_000, keepText: false, keepSha256: false };
const FORM: [string, string] = ["Content-Type", "application/x-www-form-urlencoded"];

testRows<[keys: Record<string, unknown>, options: ProbeOptions]>(
  "parseTasks() reads the options that the command line has",
  [
    [{ user: "me:${env:TOKEN}" }, { credentials: { user: "me", password: "s3cr3t/+token" } }],
    [{ sni: "${env:SHORT}.test" }, { sni: "x1.test" }],
    [{ user: "me:a:b@/é%41" }, { credentials: { user: "me", password: "a:b@/é%41" } }],
    [{ user: ":" }, { credentials: { user: "", password: "" } }],
    [{ userAgent: "é" }, { userAgent: "\xc3\xa9" }],
    [{ userAgent: "" }, { headers: [["User-Agent", undefined]] }],
    [{ http10: true }, { version: "1.0" }],
    [{ http10: false }, {}],
    [{ requestTarget: "*", method: "OPTIONS" }, { requestTarget: "*", method: "OPTIONS" }],
    [{ form: { a: "1 2", b: ["x", "&"] } }, { method: "POST", body: "a=1+2&b=x&b=%26", headers: [FORM] }],
    [{ form: { a: "1" }, method: "PUT", headers: { "content-type": "x/y" } }, {
      method: "PUT",
      body: "a=1",
      headers: [["content-type", "x/y"]],
    }],
    [{ bodyFile: "data.bin", method: "PUT" }, { method: "PUT", body: Uint8Array.of(0xff, 0) }],
    [{ rawRequest: "data.bin" }, { rawRequest: Uint8Array.of(0xff, 0) }],
    [{ resolve: "shop.test:443:192.0.2.7" }, {
      resolve: [{ host: "shop.test", port: 443, addresses: ["192.0.2.7"] }],
    }],
    [{ resolve: ["*:443:192.0.2.7,[2001:db8::1]"] }, {
      resolve: [{ host: "*", port: 443, addresses: ["192.0.2.7", "2001:db8::1"] }],
    }],
    [{ connectTo: ["::b.test:8443"] }, {
      connectTo: [{ host: undefined, port: undefined, toHost: "b.test", toPort: 8443 }],
    }],
    [{ address: "192.0.2.7" }, {
      connectTo: [{ host: "shop.test", port: undefined, toHost: "192.0.2.7", toPort: undefined }],
    }],
    [{ address: "192.0.2.7:8443" }, {
      connectTo: [{ host: "shop.test", port: 443, toHost: "192.0.2.7", toPort: 8443 }],
    }],
    [{ address: "2001:db8::1" }, {
      connectTo: [{ host: "shop.test", port: undefined, toHost: "2001:db8::1", toPort: undefined }],
    }],
    [{ address: "[2001:db8::1]:8443", connectTo: "::b.test:" }, {
      connectTo: [
        { host: "shop.test", port: 443, toHost: "2001:db8::1", toPort: 8443 },
        { host: undefined, port: undefined, toHost: "b.test", toPort: undefined },
      ],
    }],
    [{ unixSocket: "http.sock" }, { unixSocket: "conf/http.sock" }],
    [{ denyPrivate: true }, { denyPrivate: true }],
    [{ ipv4: true }, { family: 4 }],
    [{ ipv6: true }, { family: 6 }],
    [{ ipv4: false, ipv6: false }, {}],
    [{ sni: "Büro.test." }, { sni: "xn--bro-hoa.test" }],
    [{ alpn: "http/1.0" }, { alpn: ["http/1.0"] }],
    [{ alpn: ["http/1.1", "http/1.0"] }, { alpn: ["http/1.1", "http/1.0"] }],
    [{ cacert: "ca.pem" }, { caCerts: [fixture("ca.pem")] }],
    [{ url: "http://shop.test/", maxRedirects: 3, sni: "b.test" }, { maxRedirects: 3, sni: "b.test" }],
    [{ cacert: "/srv/ca.pem" }, { caCerts: [fixture("ca.pem")] }],
    [{ cert: "client.pem", key: "client.key" }, { cert: fixture("client.pem"), key: fixture("client.key") }],
    [{ cert: "both.pem" }, { cert: fixture("client.key") + fixture("client.pem") }],
    [{ connectTimeout: "1s" }, { connectTimeout: 1000 }],
    [{ firstByteTimeout: "2s" }, { firstByteTimeout: 2000 }],
    [{ listenFirst: "300ms" }, { listenFirst: 300 }],
    [{ maxHead: "8KiB" }, { limits: { maxHead: 8192 } }],
    [{ maxBody: "1MiB" }, { maxBody: 1_048_576 }],
    [{ maxBody: 512 }, { maxBody: 512 }],
  ],
  ([keys, options]) => {
    assertEquals(taskOf(keys).options, { ...BASE, ...options });
  },
);

testRows<[keys: Record<string, unknown>, defaults: Record<string, unknown>, options: ProbeOptions]>(
  "parseTasks() lets a key of a check replace the defaults that it excludes",
  [
    [{ ipv6: true }, { ipv4: true }, { family: 6 }],
    [{ ipv6: false }, { ipv4: true }, { family: 4 }],
    [{ body: "x" }, { form: { a: "1" } }, { body: "x" }],
    [{ rawRequest: "data.bin" }, { headers: { a: "b" } }, { rawRequest: Uint8Array.of(0xff, 0) }],
    [{ cert: "both.pem" }, { cert: "client.pem", key: "client.key" }, {
      cert: fixture("client.key") + fixture("client.pem"),
    }],
    [{ url: "http://shop.test/" }, { cacert: "ca.pem" }, { caCerts: [fixture("ca.pem")] }],
  ],
  ([keys, defaults, options]) => assertEquals(taskOf(keys, defaults).options, { ...BASE, ...options }),
);

testRows<[keys: Record<string, unknown>, problem: string]>(
  "parseTasks() refuses options that cannot be used, and names the key",
  [
    [{ user: "me" }, "user: write NAME:PASSWORD, as in me:${env:PASSWORD}"],
    [{ user: "a:b", url: "https://me:you@shop.test/" }, "user: the URL has a user already: leave one out"],
    [{ cacert: "no.pem" }, "cacert: Cannot read conf/no.pem: there is no such file"],
    [{ cacert: "" }, "cacert: the path is empty"],
    [{ cacert: "text.pem" }, "cacert: Cannot use text.pem: it is not a PEM file"],
    [{ cacert: "client.key" }, "cacert: Cannot use the authorities: the text has no certificate in PEM"],
    [{ cacert: "torn.pem" }, "cacert: Cannot use the authorities: a certificate cannot be read"],
    [{ cert: "client.pem" }, "cert: Cannot use the client's certificate: its key is missing"],
    [{ cert: "client.pem", key: "good.key" }, "cert: Cannot use the client's key: it does not belong to"],
    [{ cert: "client.pem", key: "no.key" }, "key: Cannot read conf/no.key: there is no such file"],
    [{ key: "client.key" }, "key: it needs cert as well"],
    [{ bodyFile: "no.bin", method: "PUT" }, "bodyFile: Cannot read conf/no.bin: there is no such file"],
    [{ rawRequest: "empty" }, "rawRequest: the file is empty"],
    [
      { headers: { a: "${file:no.txt}" } },
      "headers.a: Cannot use ${file:no.txt}: there is no such file: conf/no.txt",
    ],
    [{ ipv4: true, ipv6: true }, "ipv6: it contradicts ipv4: leave one out"],
    [{ body: "a", form: { a: "b" } }, "form: it contradicts body: leave one out"],
    [{ body: "a", bodyFile: "data.bin" }, "bodyFile: it contradicts body: leave one out"],
    [{ rawRequest: "data.bin", method: "PUT" }, "method: it contradicts rawRequest: leave one out"],
    [{ unixSocket: "a.sock", address: "192.0.2.7" }, "address: it contradicts unixSocket: leave one out"],
    [{ method: "HEAD", body: "a" }, "body: a HEAD request has no content"],
    [{ method: "HEAD", expect: ["json.a == 1"] }, 'method: a HEAD request gets no content for "json.a == 1"'],
    [{ method: "HEAD", degraded: ["body ~ /a/"] }, "method: a HEAD request gets no content for"],
    [{ method: "HEAD", form: { a: "b" } }, "form: a HEAD request has no content"],
    [{ url: "http://shop.test/", sni: "b.test" }, "sni: it is for https, but the URL begins with http://"],
    [{ url: "http://shop.test/", cacert: "ca.pem" }, "cacert: it is for https, but the URL begins with"],
    [{ url: "https://127.0.0.1/", ipv6: true }, "ipv6: there is no IPv6 address among 127.0.0.1"],
    [
      { resolve: "shop.test:443:192.0.2.7,192.0.2.8", ipv6: true },
      "ipv6: there is no IPv6 address among 192.0.2.7, 192.0.2.8",
    ],
    [{ connectTo: "::127.0.0.1:", ipv6: true }, "ipv6: there is no IPv6 address among 127.0.0.1"],
    [{ url: "https://127.0.0.1/", denyPrivate: true }, "denyPrivate: 127.0.0.1 is a loopback address"],
    [{ address: "[::1]:8443", denyPrivate: true }, "denyPrivate: ::1 is "],
    [{ address: "192.0.2.7", ipv6: true }, "ipv6: there is no IPv6 address among 192.0.2.7"],
    [{ address: "" }, 'address: Cannot parse "": write ADDRESS or ADDRESS:PORT, as in 192.0.2.7:8443'],
    [{ address: "a:b:c" }, 'address: Cannot parse "a:b:c"'],
    [{ address: "a.test:99999" }, 'address: Cannot use port 99999 in "a.test:99999": write 1 to 65535'],
    [{ address: "a b" }, 'address: Cannot use "a b": it is neither a name nor an address'],
    [{ resolve: ["shop.test:443"] }, 'resolve[0]: Cannot parse "shop.test:443": write HOST:PORT:ADDRESS'],
    [{ connectTo: "b.test" }, 'connectTo: Cannot parse "b.test": write HOST1:PORT1:HOST2:PORT2'],
    [{ sni: "a b" }, 'sni: Cannot use "a b" as SNI'],
    [{ alpn: [""] }, "alpn: Cannot offer a protocol of 0 octets"],
    [{ ipv4: "yes" }, 'ipv4: expected true or false, not "yes"'],
    [{ maxBody: 0 }, "maxBody: it must be above 0"],
    [{ maxBody: "5XB" }, 'maxBody: Cannot parse size "5XB"'],
    [{ maxTime: "60d" }, "maxTime: the longest is 24d"],
    [{ connectTimeout: "0s" }, "connectTimeout: it must be above 0"],
    [{ form: "a=b" }, 'form: expected an object, not "a=b"'],
    [{ form: { a: 5 } }, "form.a: expected a text, not 5"],
  ],
  ([keys, problem]) => {
    const error = assertThrows(() => taskOf(keys), TaskFileError);
    const url = keys["url"] ?? "https://shop.test/a";
    assertEquals(error.problems.length, 1, error.message);
    const [first = ""] = error.problems;
    assert(first.startsWith(`check 1 (${String(url).replace(":you@", ":***@")}): ${problem}`), error.message);
  },
);

Deno.test("parseTasks() reports options of the defaults that exclude each other once", () => {
  const content = { defaults: { ipv4: true, ipv6: true }, checks: [{ url: "a.test" }, { url: "b.test" }] };
  const { problems } = assertThrows(() => parse(content), TaskFileError);
  assertEquals(problems, ["defaults: ipv6: it contradicts ipv4: leave one out"]);
});

Deno.test("parseTasks() reads files beside the task file, and lists them", () => {
  const check = { url: "https://a.test/", body: "${file:key.txt}", cacert: "ca.pem", bodyFile: undefined };
  const { files, tasks } = parse([check]);
  assertEquals(tasks[0]?.options.body, "from-a-file");
  assertEquals([...files].sort(), ["conf/ca.pem", "conf/key.txt"]);
});

Deno.test("parseTasks() refuses relative paths in a task file from the network", () => {
  const check = { url: "https://a.test/", body: "${file:key.txt}", cacert: "ca.pem" };
  const { problems } = assertThrows(() => parse([check], filesIn(undefined)), TaskFileError);
  assertEquals(problems.map((problem) => problem.replace(/^.*?\): /, "")), [
    "body: Cannot use ${file:key.txt}: key.txt is relative, but a task file from the network has no folder: write an absolute path",
    "cacert: ca.pem is relative, but a task file from the network has no folder: write an absolute path",
  ]);
});

Deno.test("parseTasks() makes a secret of the password of user", () => {
  const task = taskOf({ user: "me:opensesame" });
  const { bytes } = composeRequest(settleTarget(parseTarget(task.url), "https"), task.options);
  const [, token = ""] = /Authorization: Basic (\S+)/.exec(new TextDecoder().decode(bytes)) ?? [];
  assertEquals(atob(token), "me:opensesame");
  assert(!task.redact(`opensesame ${token}`).includes(token), task.redact(token));
  assert(!task.redact("opensesame").includes("sesame"));
  assertEquals(taskOf({ user: "admin:" }).redact("admin: hi"), "admin: hi");
  const long = taskOf({ user: "operations-monitor@example.com:pw7" });
  assertEquals(
    long.redact("operations-monitor@example.com may not log in"),
    "operations-monitor@example.com may not log in",
  );
  assertEquals(long.redact(`Basic ${btoa("operations-monitor@example.com:pw7")}`), "Basic ***");
});

Deno.test("parseTasks() connects to the address of a check, and keeps the name of the URL", () => {
  const task = taskOf({ address: "192.0.2.7:8443" });
  const target = settleTarget(parseTarget(task.url), "https");
  const { host, port, tls } = planDial(target, task.options);
  assertEquals([host, port, tls?.serverName], ["192.0.2.7", 8443, "shop.test"]);
});
