import { assertEquals } from "@std/assert";
import { ConnProgress } from "../../../../lib/cli/commands/conn/progress.ts";
import type { CommandIo } from "../../../../lib/cli/io.ts";
import type { Output } from "../../../../lib/cli/output/output.ts";
import { ERASE_ALL, StatusLine } from "../../../../lib/cli/output/status_line.ts";
import type { ProfileEstimate } from "../../../../lib/conn/options.ts";
import { stopClock } from "../../../_stopped_clock.ts";
import { testRows } from "../../../_test_rows.ts";
import { TextOutput } from "../../_run.ts";

const INPUT = "http://a.test/";

function ioWith(stderr: Output): CommandIo {
  const status = new StatusLine(stderr, () => 200);
  const used: Partial<CommandIo> = {
    status,
    stderr: status.above(stderr),
    widthOf: () => 200,
    now: () => performance.now(),
  };
  return used as CommandIo;
}

const ESTIMATE: ProfileEstimate = {
  atMost: 12_000,
  answerMs: 1,
  oneAtATime: false,
  experiments: ["idle-timeout", "head", "close"],
  repeated: [],
};

type Step = (progress: ConnProgress, pass: (ms: number) => void) => void;

const ADVICE =
  "until the profile is complete, unless experiments must be repeated (--only runs fewer experiments, --idle-limit shortens the watch, --total-time limits the whole run)\n";

testRows<[name: string, step: Step, lines: string[]]>(
  "ConnProgress says what runs and how long it may still take",
  [
    ["before the first answer", () => {}, [
      "first contact with http://a.test/, then 15 s at most",
      "first contact, then 15 s at most",
    ]],
    ["while experiments run", (progress, pass) => {
      progress.estimate(ESTIMATE);
      progress.take({ experiment: "idle-timeout", state: "started", atMost: 11_000 });
      progress.take({ experiment: "head", state: "started", atMost: 500 });
      pass(2_000);
      progress.take({ experiment: "head", state: "done", atMost: 500 });
    }, [
      "1 of 3 experiments done, up to 10 s left: idle-timeout (9 s)",
      "1 of 3 done, up to 10 s left: idle-timeout",
      "1 of 3 done, up to 10 s left: 1 experiment",
      "1 of 3 done, up to 10 s left",
    ]],
    ["while nothing else waits", (progress) => {
      progress.estimate({ ...ESTIMATE, experiments: ["head"] });
      progress.take({ experiment: "head", state: "started", atMost: 500 });
    }, [
      "0 of 1 experiment done, up to 1 s left: head",
      "0 of 1 done, up to 1 s left: head",
      "0 of 1 done, up to 1 s left: 1 experiment",
      "0 of 1 done, up to 1 s left",
    ]],
    ["during a repetition", (progress) => {
      progress.estimate({ ...ESTIMATE, experiments: ["close", "desync"], repeated: ["close"] });
    }, [
      "repeating 1 experiment alone, up to 12 s left: checking that the server serves",
      "repeating alone, up to 12 s left: checking that the server serves",
      "repeating alone, up to 12 s left: 0 experiments",
      "repeating alone, up to 12 s left",
    ]],
  ],
  async ([, step, lines]) => {
    using clock = stopClock();
    await using progress = new ConnProgress(ioWith(new TextOutput(true)), {
      input: INPUT,
      quiet: false,
      planned: 15_000,
    });
    step(progress, (ms) => clock.pass(ms, false));
    assertEquals(progress.format(), lines);
  },
);

testRows<[name: string, terminal: boolean, planned: number, step: Step, notes: string]>(
  "ConnProgress announces a long run once",
  [
    ["a short plan", false, 5_000, () => {}, ""],
    ["a long plan", false, 15_000, (_, pass) => pass(1_000), `sonde: up to 15 s more ${ADVICE}`],
    ["a run that ends soon", false, 15_000, (_, pass) => pass(900), ""],
    ["an estimate that is no news", false, 15_000, (progress, pass) => {
      pass(1_000);
      progress.estimate(ESTIMATE);
      pass(1_000);
    }, `sonde: up to 15 s more ${ADVICE}`],
    ["an estimate before the note", false, 15_000, (progress, pass) => {
      progress.estimate(ESTIMATE);
      pass(1_000);
    }, `sonde: up to 11 s more ${ADVICE}`],
    ["a slow server", false, 15_000, (progress, pass) => {
      progress.estimate({ ...ESTIMATE, atMost: 61_000, answerMs: 800 });
      pass(1_000);
    }, `sonde: up to 1m more, at 800 ms for each answer, ${ADVICE}`],
    [
      "a repetition",
      false,
      5_000,
      (progress, pass) => {
        progress.estimate({ ...ESTIMATE, repeated: ["close"] });
        pass(1_000);
      },
      "sonde: up to 11 s more until the profile is complete (close is repeated without other experiments)\n",
    ],
  ],
  async ([, terminal, planned, step, notes]) => {
    using clock = stopClock();
    const stderr = new TextOutput(terminal);
    {
      await using progress = new ConnProgress(ioWith(stderr), { input: INPUT, quiet: false, planned });
      step(progress, (ms) => clock.pass(ms));
    }
    assertEquals(stderr.text, notes);
  },
);

Deno.test("ConnProgress prints notes above its line, and nothing with -q", async () => {
  using clock = stopClock();
  const terminal = new TextOutput(true);
  const progress = new ConnProgress(ioWith(terminal), { input: INPUT, quiet: false, planned: 15_000 });
  clock.pass(1_000);
  await progress.end();
  const line = "\r\x1b[K\x1b[?7lfirst contact with http://a.test/, then 15 s at most\r\x1b[?7h";
  assertEquals(terminal.text, `${line}${ERASE_ALL}sonde: up to 15 s more ${ADVICE}${line}${ERASE_ALL}`);
  const silent = new TextOutput(true);
  const quiet = new ConnProgress(ioWith(silent), { input: INPUT, quiet: true, planned: 15_000 });
  quiet.estimate(ESTIMATE);
  clock.pass(1_000);
  await quiet.end();
  assertEquals(silent.text, "");
});

Deno.test("ConnProgress says which of several targets runs", async () => {
  const place = "2 of 3";
  const options = { input: INPUT, place, quiet: true, planned: 15_000 };
  await using progress = new ConnProgress(ioWith(new TextOutput(false)), options);
  assertEquals(progress.format(), [
    "2 of 3, http://a.test/: first contact with http://a.test/, then 15 s at most",
    "2 of 3, http://a.test/: first contact, then 15 s at most",
    "first contact with http://a.test/, then 15 s at most",
    "first contact, then 15 s at most",
  ]);
});
