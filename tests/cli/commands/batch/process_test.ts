import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { TestFolder } from "../../../_folder.ts";
import { endOf, grownTo, inputsOf, listTargets, startBatch, startServer } from "./_batch_process.ts";

Deno.test("sonde batch gives 2,000 good rows with 64 file descriptors and -c 1000, and says how it copes", async () => {
  await using server = startServer(5);
  using folder = new TestFolder();
  // Every second one is tried over TLS first, which the server does not speak.
  const targets = listTargets(server.addr.port, 2_000).map((url, index) =>
    index % 2 === 0 ? url : url.slice("http://".length, -1)
  );
  const list = `${folder.path}/list`;
  Deno.writeTextFileSync(list, targets.join("\n"));
  const { code, stdout, stderr } = await endOf(
    startBatch([list, "--json", "-c", "1000"], { prefix: "ulimit -n 64;" }),
  );
  assertEquals(inputsOf(stdout), [...targets].sort());
  assertEquals(stdout.split('"ok":true').length - 1, 2_000);
  assertEquals(code, 0);
  assertMatch(stderr, /sonde: Cannot connect to .*\(EMFILE\): sonde continues with \d+ at once\n/);
  assertMatch(stderr, /2,000 ok, 0 failed/);
});

Deno.test("sonde batch --resume completes a run that was killed repeatedly, with one row for each input", async () => {
  await using server = startServer(2);
  using folder = new TestFolder();
  const some = listTargets(server.addr.port, 1_200);
  // Every tenth line appears twice, and a few lines are not targets.
  const targets = [
    ...some,
    ...some.filter((_, index) => index % 10 === 0),
    "bad host",
    "bad host",
    "http://x:0/",
  ];
  const [list, output] = [`${folder.path}/list`, `${folder.path}/out.jsonl`];
  Deno.writeTextFileSync(list, targets.join("\n"));
  const args = [list, "--json", "-c", "20", "--resume", output];
  for (const kilobytes of [1, 150, 400, 700]) {
    const child = startBatch(args);
    await grownTo(output, kilobytes * 1024);
    child.kill("SIGKILL");
    await endOf(child);
    // A full file system, or a crashed machine, leaves such a file.
    Deno.writeTextFileSync(output, '{"schema":1,"input":"http://127.0', { append: true });
  }
  const { code, stdout, stderr } = await endOf(startBatch(args));
  assertEquals([code, stdout], [3, ""]);
  assertMatch(stderr, / already has .* rows?, an incomplete last line was removed\n/);
  assertEquals(inputsOf(Deno.readTextFileSync(output)), targets.sort());
  const again = await endOf(startBatch(args));
  assertStringIncludes(again.stderr, "0 targets");
  assertEquals(inputsOf(Deno.readTextFileSync(output)).length, targets.length);
});

Deno.test("sonde batch writes only complete rows to a full disk, and --resume does the rest", async () => {
  await using server = startServer();
  using folder = new TestFolder();
  const targets = listTargets(server.addr.port, 400);
  const [list, output] = [folder.file("list"), folder.file("out.jsonl")];
  Deno.writeTextFileSync(list, targets.join("\n"));
  // Writing beyond the largest size of a file fails as it does on a full disk, in the middle of a line.
  const { code, stderr } = await endOf(
    startBatch([list, "--json", "-o", output], { prefix: "trap '' XFSZ; ulimit -f 100;" }),
  );
  assertEquals(code, 3);
  assertStringIncludes(stderr, `sonde: Cannot write ${output}: `);
  const rows = Deno.readTextFileSync(output);
  assertEquals(rows.slice(-2), "}\n");
  assertEquals(stderr.includes("internal"), false, stderr);
  const done = inputsOf(rows).length;
  assert(done > 0 && done < 400, `${done}`);
  assertEquals((await endOf(startBatch([list, "--json", "--resume", output]))).code, 0);
  assertEquals(inputsOf(Deno.readTextFileSync(output)), targets.sort());
});

Deno.test("sonde batch ends on Ctrl-C with 130 and complete rows, and --resume does the rest", async () => {
  await using server = startServer(10);
  using folder = new TestFolder();
  const targets = listTargets(server.addr.port, 600);
  const [list, output] = [`${folder.path}/list`, `${folder.path}/out.jsonl`];
  Deno.writeTextFileSync(list, targets.join("\r\n"));
  const args = [list, "--json", "-c", "10", "--resume", output];
  const child = startBatch(args);
  await grownTo(output, 20_000);
  child.kill("SIGINT");
  const { code, stderr } = await endOf(child);
  assertEquals(code, 130);
  assertMatch(stderr, /\d+ targets in /);
  assertMatch(stderr, /interrupted +before the end of the list: the same command does the rest/);
  const rows = Deno.readTextFileSync(output);
  assert(rows.endsWith("\n"));
  const done = inputsOf(rows).length;
  assert(done > 0 && done < 600, `${done}`);
  assertEquals(rows.includes('"aborted"'), false);
  assertEquals((await endOf(startBatch(args))).code, 0);
  assertEquals(inputsOf(Deno.readTextFileSync(output)), [...targets].sort());
});

Deno.test("sonde batch repeats targets whose time passed while it was stopped", {
  ignore: Deno.build.os === "windows",
}, async () => {
  await using server = startServer(300);
  using folder = new TestFolder();
  const [list, output] = [`${folder.path}/list`, `${folder.path}/out.jsonl`];
  Deno.writeTextFileSync(list, listTargets(server.addr.port, 30).join("\n"));
  const child = startBatch([list, "--json", "-c", "10", "-m", "1s", "-o", output]);
  await grownTo(output, 1);
  child.kill("SIGSTOP");
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  child.kill("SIGCONT");
  const { code, stderr } = await endOf(child);
  assertEquals(code, 0, stderr);
  assertMatch(
    stderr,
    /this process was stopped or busy for [\d.]+ m?s of the time until now: sonde continues with \d+ at once\n/,
  );
  const rows = Deno.readTextFileSync(output).trimEnd().split("\n");
  assertEquals(rows.filter((row) => row.includes('"ok":true')).length, 30);
});

Deno.test("sonde batch ends quietly when its reader is gone", async () => {
  await using server = startServer();
  using folder = new TestFolder();
  const list = `${folder.path}/list`;
  Deno.writeTextFileSync(list, listTargets(server.addr.port, 3_000).join("\n"));
  const child = startBatch([list, "--json", "-c", "20"]);
  const reader = child.stdout.getReader();
  const { value } = await reader.read();
  assertStringIncludes(new TextDecoder().decode(value), '{"schema":1,');
  await reader.cancel();
  const stderr = await new Response(child.stderr).text();
  const { code, signal } = await child.status;
  assertEquals([code, signal], [0, null]);
  assertEquals(stderr.includes("error"), false, stderr);
});

Deno.test("sonde batch reads no targets while nobody reads its rows", async () => {
  let requests = 0;
  await using server = Deno.serve({ hostname: "0.0.0.0", port: 0, onListen() {} }, () => {
    requests++;
    return new Response("x".repeat(1000));
  });
  const child = startBatch(["-", "--json", "--body", "-c", "50"], { stdin: "piped" });
  const input = new Blob([listTargets(server.addr.port, 20_000).join("\n")]).stream();
  const feeding = input.pipeTo(child.stdin).catch(() => "the process was ended before it had read all");
  for (let [before, look] = [-1, 0]; look < 100 && (requests === 0 || before < requests); look++) {
    before = requests;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  assert(requests > 50 && requests < 5_000, `${requests} requests without a reader`);
  child.kill("SIGKILL");
  await child.stdout.cancel();
  await child.stderr.cancel();
  await child.status;
  await feeding;
});
