import { assertEquals } from "@std/assert";
import { resolve } from "node:path";
import { type AdviceOptions, adviseGrant } from "../../../lib/cli/start/advise_grant.ts";
import type { StartedAs } from "../../../lib/cli/start/started_as.ts";
import { testRows } from "../../_test_rows.ts";

const CLONE: StartedAs = { kind: "clone", deno: ["deno"], script: "cli.ts" };
const NET = [{ access: "net", value: undefined }] as const;

testRows<[name: string, started: StartedAs, lines: string[]]>("adviseGrant() gives commands for each start", [
  ["a clone", CLONE, [
    "Start it with:",
    "  deno run --allow-net --allow-read=hosts.txt cli.ts batch hosts.txt",
  ]],
  ["npx", { ...CLONE, deno: ["npx", "-y", "deno@2.9.6"] }, [
    "Start it with:",
    "  npx -y deno@2.9.6 run --allow-net --allow-read=hosts.txt cli.ts batch hosts.txt",
  ]],
  ["a URL", { kind: "remote", deno: ["deno"], script: "https://deno.land/x/sonde/cli.ts" }, [
    "Start it with:",
    "  deno run --allow-net --allow-read=hosts.txt https://deno.land/x/sonde/cli.ts batch hosts.txt",
    "Or install it for every run:",
    "  deno install --global --force --allow-net --allow-read=. --allow-write=. --name sonde https://deno.land/x/sonde/cli.ts",
  ]],
  ["an installed path", { kind: "installed", deno: ["deno"], script: "/src/cli.ts" }, [
    "Install it again (with your --name and --root, if you gave them):",
    "  deno install --global --force --allow-net --allow-read=. --allow-write=. --name sonde /src/cli.ts",
    "Or run it once:",
    "  deno run --allow-net --allow-read=hosts.txt /src/cli.ts batch hosts.txt",
  ]],
  ["a compiled program", { kind: "compiled", program: "/opt/bin/sonde" }, [
    "Compile it again:",
    "  deno compile --allow-net --allow-read=. --allow-write=. --output /opt/bin/sonde https://deno.land/x/sonde/cli.ts",
  ]],
], ([, started, lines]) => {
  const args = ["batch", "hosts.txt"];
  const text = adviseGrant(["--allow-read=hosts.txt"], { args, connects: true, started, granted: NET });
  assertEquals(text.split("\n"), [...lines, ""]);
});

testRows<[name: string, flags: string[], line: string]>(
  "adviseGrant() keeps the folder of each run beside a folder that includes the current one",
  [
    [
      "the folder above",
      ["--allow-read=..", "--allow-write=.."],
      `--allow-read=.,${resolve("..")} --allow-write=.,${resolve("..")}`,
    ],
    ["every file", ["--allow-read"], "--allow-read --allow-write=."],
  ],
  ([, flags, allowed]) => {
    const started: StartedAs = { kind: "installed", deno: ["deno"], script: "/src/cli.ts" };
    const text = adviseGrant(flags, { args: ["get", "-O", "a.test"], connects: true, started, granted: NET });
    assertEquals(
      text.split("\n")[1],
      `  deno install --global --force --allow-net ${allowed} --name sonde /src/cli.ts`,
    );
  },
);

interface Run extends Omit<AdviceOptions, "connects"> {
  readonly flags: readonly string[];
}

testRows<[command: string, run: Run]>("adviseGrant() names exactly the permissions that the run needs", [
  ["deno run --allow-net=a.test:443,a.test:80 cli.ts a.test", {
    flags: ["--allow-net=a.test:443"],
    args: ["a.test"],
    granted: [],
  }],
  ["deno run --allow-net cli.ts -L http://a.test/", {
    flags: ["--allow-net=b.test:443"],
    args: ["-L", "http://a.test/"],
    granted: [{ access: "net", value: "a.test:80" }],
  }],
  ["deno run --allow-net --allow-read=. cli.ts batch a.txt", {
    flags: ["--allow-read=a.txt"],
    args: ["batch", "a.txt"],
    granted: [{ access: "read", value: "." }],
  }],
  ["deno run --allow-net --allow-write=. cli.ts -o 'a b' http://a.test/", {
    flags: ["--allow-write=."],
    args: ["-o", "a b", "http://a.test/"],
    granted: [...NET, { access: "write", value: "a b" }],
  }],
  ["deno run --allow-all cli.ts http://a.test/", {
    flags: ["--allow-all"],
    args: ["http://a.test/"],
    granted: NET,
  }],
  ["deno run --allow-net --deny-net=b.test cli.ts http://a.test/", {
    flags: ["--deny-net=b.test"],
    args: ["http://a.test/"],
    granted: NET,
  }],
  ["deno run --allow-env=A --allow-sys=networkInterfaces cli.ts parse -", {
    flags: ["--allow-sys=networkInterfaces", "--allow-env=A"],
    args: ["parse", "-"],
    granted: [],
  }],
], ([command, { flags, ...run }]) => {
  const text = adviseGrant(flags, { ...run, connects: run.args[0] !== "parse", started: CLONE });
  assertEquals(text, `Start it with:\n  ${command}\n`);
});

testRows<[args: string[], shown: string]>("adviseGrant() shows no secrets", [
  [["-u", "me:pw", "http://a.test/"], "-u 'me:***' http://a.test/"],
  [["--user=me:pw", "http://a.test/"], "'--user=me:***' http://a.test/"],
  [["-ume:pw", "http://a.test/"], "'-ume:***' http://a.test/"],
  [["-H", "Authorization: Bearer x", "http://a.test/"], "-H 'Authorization: ***' http://a.test/"],
  [["http://me:pw@a.test/"], "'http://me:***@a.test/'"],
  [["-d", "user=me&password=pw", "http://a.test/"], "-d 'user=me&password=***' http://a.test/"],
], ([args, shown]) => {
  const text = adviseGrant(["--allow-net"], { args, connects: true, started: CLONE, granted: [] });
  assertEquals(
    text,
    `Start it with:\n  deno run --allow-net cli.ts ${shown}\nWrite the secret in place of ***\n`,
  );
});
