import { assert, assertEquals, assertThrows } from "@std/assert";
import { EXPERIMENTS } from "../../lib/conn/experiments.ts";
import type { ProfileOptions } from "../../lib/conn/options.ts";
import { planProfile } from "../../lib/conn/plan.ts";
import { checkQuickExperiments, quickExperiments } from "../../lib/conn/quick.ts";
import { type Job, runSideBySide } from "../../lib/conn/schedule.ts";
import { selectExperiments } from "../../lib/conn/select.ts";
import { clearOfCommonTimeouts, settleOptions } from "../../lib/conn/settle_options.ts";
import { parseTarget, settleTarget } from "../../lib/target/target.ts";
import { stepRows, testRows } from "../_test_rows.ts";

const DEFAULT = ["keep-alive", "close", "http10", "head", "conditional", "pipelining", "idle-timeout"];

const ROWS: readonly (readonly [options: ProfileOptions, names: readonly string[]])[] = [
  [{}, DEFAULT],
  [{ skip: ["idle-timeout"] }, DEFAULT.slice(0, -1)],
  [{ only: ["head", "close"] }, ["close", "head"]],
  [{ only: ["default", "max-requests"] }, [...DEFAULT, "max-requests"]],
  [{ intrusive: true, skip: ["default"] }, ["limits", "leniency"]],
  [{ intrusive: true, ownHost: true, only: ["desync"] }, ["desync"]],
  [{ only: ["tls"] }, ["tls (only for https)"]],
  [{ only: ["addresses"] }, ["addresses (the name has only one address)"]],
];

Deno.test("selectExperiments() selects by name, choice and permission", async (test) => {
  await stepRows(test, ROWS, ([options, names]) => {
    const selected = selectExperiments(options, { https: false, addresses: 1 });
    const seen = selected.map(({ experiment, skipped }) =>
      experiment.name + (skipped ? ` (${skipped})` : "")
    );
    assertEquals(seen, [...names], JSON.stringify(options));
  });
  const [unknown] = selectExperiments({ only: ["addresses"] }, { https: false, addresses: 0 });
  assertEquals(
    unknown?.skipped,
    "the addresses behind the name are not known, or only the name may be connected to",
  );
  const https = selectExperiments({}, { https: true, addresses: 2 }).map(({ experiment }) => experiment.name);
  assertEquals(https, [...DEFAULT, "tls", "addresses"]);
});

testRows<readonly [ProfileOptions, string]>(
  "selectExperiments() refuses experiments that do not exist or are not permitted",
  [
    [{ only: ["clos"] }, "the nearest one is close"],
    [{ skip: ["x"] }, "there are keep-alive"],
    [{ only: ["close", "head"], skip: ["head", "close"] }, "close, head is in both lists"],
    [{ only: ["default"], skip: ["default"] }, "default is in both lists"],
    [{ only: ["limits"] }, "--intrusive"],
    [{ only: ["desync"], intrusive: true }, "--own-host"],
  ],
  ([options, message]) => {
    assertThrows(() => selectExperiments(options, { https: true, addresses: 2 }), TypeError, message);
  },
);

Deno.test("EXPERIMENTS have printable names, questions, outcomes and limits", async (test) => {
  const settings = settleOptions({});
  assertEquals(new Set(EXPERIMENTS.map(({ name }) => name)).size, EXPERIMENTS.length);
  await stepRows(test, EXPERIMENTS, ({ name, question, sends, outcomes, connections, atMost }) => {
    assert(/^[a-z0-9-]+$/.test(name));
    assert(question.endsWith("?"), question);
    assert(sends.length > 10, name);
    assert(Object.keys(outcomes).length >= 2, name);
    assert(connections(settings) >= 1 && connections(settings) <= 4, name);
    assert(atMost(settings) >= 0 && Number.isFinite(atMost(settings)), name);
  });
});

Deno.test("planProfile() gives the exact octets, with the user's fields", () => {
  const target = settleTarget(parseTarget("http://example.org/a?b"), "http");
  const plan = planProfile(target, {
    intrusive: true,
    ownHost: true,
    only: ["all"],
    headers: [["X-Mine", "1"]],
  });
  assert(plan.length > 15);
  const decoder = new TextDecoder();
  for (const { name, requests } of plan) {
    assert(requests.length > 0, name);
    const text = requests.map(({ bytes }) => decoder.decode(bytes)).join("");
    if (name === "first-byte-silence") assertEquals(text, "");
    else if (name !== "tls") {
      assert(text.includes("Host: example.org") && text.includes("User-Agent: sonde/"), name);
    }
  }
  const close = plan.find(({ name }) => name === "close")!;
  assertEquals(
    decoder.decode(close.requests[0]!.bytes).split("\r\n").filter((line) =>
      /^(GET|X-Mine|Connection)/.test(line)
    ),
    ["GET /a?b HTTP/1.1", "X-Mine: 1", "Connection: close"],
  );
});

Deno.test("planProfile() sends methods other than GET and HEAD only if the user gives one", () => {
  const target = settleTarget(parseTarget("http://example.org/"), "http");
  const methods = (options: ProfileOptions): Set<string> => {
    const plan = planProfile(target, { only: ["all"], ...options });
    const texts = plan.flatMap(({ requests }) =>
      requests.map(({ bytes }) => new TextDecoder().decode(bytes))
    );
    return new Set(texts.flatMap((text) => /^([A-Z]+) \//.exec(text)?.[1] ?? []));
  };
  assertEquals(methods({}), new Set(["GET", "HEAD"]));
  assertEquals(methods({ method: "POST" }), new Set(["GET", "HEAD", "POST"]));
});

testRows(
  "planProfile() lists TLS experiments only for an https target",
  ["http", "https"] as const,
  (scheme) => {
    const names = planProfile(settleTarget(parseTarget("example.org"), scheme)).map(({ name }) => name);
    assertEquals([names.includes("tls"), names.includes("keep-alive")], [scheme === "https", true]);
  },
);

Deno.test("settleOptions() fills in missing options", { permissions: "none" }, () => {
  const { idleLimit, pipeline, samples, method, answerTime } = settleOptions({});
  assertEquals([idleLimit, pipeline, samples, method, answerTime], [11_000, 3, 2, "GET", 10_000]);
});

Deno.test("settleOptions() keeps the idle limit clear of common timeouts", async (test) => {
  const rows: readonly (readonly [ProfileOptions, number])[] = [
    [{}, 11_000],
    [{ idleLimit: 10_000 }, 10_700],
    [{ idleLimit: 60_300 }, 60_700],
    [{ idleLimit: 8_000 }, 8_000],
    [{ behind: { name: "front", idle: 60_000 } }, 66_000],
    [{ behind: { name: "front", idle: 1_000 } }, 11_000],
    [{ behind: { name: "front", idle: 69_000 } }, 75_700],
  ];
  await stepRows(test, rows, ([options, idleLimit]) => {
    assertEquals(settleOptions(options).idleLimit, idleLimit);
  });
  assertEquals(clearOfCommonTimeouts(299_900), 300_700);
  assertEquals("slowTarget" in settleOptions({}), false);
  await stepRows(test, [{ pipeline: 1 }, { samples: 0 }, { maxRequests: 1.5 }], (options) => {
    assertThrows(() => settleOptions(options), RangeError, "it is a whole number from");
  });
  await stepRows(
    test,
    [{ idleLimit: 0 }, { idleLimit: -1 }, { idleLimit: NaN }, { maxTime: NaN }],
    (options) => {
      assertThrows(() => settleOptions(options), RangeError, "a time in milliseconds, above 0");
    },
  );
});

testRows(
  "settleOptions() keeps the number of requests clear of common caps",
  [[50, 50], [95, 95], [96, 105], [100, 105], [104, 105], [105, 105], [1000, 1005]] as const,
  ([maxRequests, settled]) => {
    assertEquals(settleOptions({ maxRequests }).maxRequests, settled, `${maxRequests}`);
  },
);

Deno.test("runSideBySide() respects its limit, starts the longest job first, and runs a job above the limit alone", async () => {
  let open = 0;
  let most = 0;
  const begun: number[] = [];
  const job = (connections: number, atMost: number): Job => ({
    connections,
    atMost,
    run: async () => {
      begun.push(atMost);
      open += connections;
      most = Math.max(most, open);
      for (let turn = 0; turn < 3; turn++) await Promise.resolve();
      open -= connections;
    },
  });
  await runSideBySide([job(1, 10), job(2, 30), job(2, 20), job(1, 40)], 4);
  assertEquals([most <= 4, begun], [true, [40, 30, 10, 20]]);
  most = 0;
  await runSideBySide([job(3, 1), job(1, 2)], 1);
  assertEquals([most, open], [3, 0]);
});

Deno.test("checkQuickExperiments() accepts only harmless and quick experiments", async (test) => {
  checkQuickExperiments(quickExperiments());
  assert(quickExperiments().includes("keep-alive"));
  await stepRows(test, ["idle-timeout", "desync", "limits", "nothing"], (name) => {
    assertThrows(() => checkQuickExperiments([name]), TypeError, "there are keep-alive");
  });
});
