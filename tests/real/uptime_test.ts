/**
 * The uptime of a report beside the one that Prometheus computes from the same runs. The test is ignored, and says so,
 * where Prometheus is missing.
 *
 * @module
 */

import { assertAlmostEquals, assertEquals } from "@std/assert";
import { History } from "../../lib/watch/history/history.ts";
import { readReport } from "../../lib/watch/report/read_report.ts";
import type { Verdict } from "../../lib/watch/run_task.ts";
import { withFolder } from "../_folder.ts";
import { withDatabase } from "../watch/history/_files.ts";

const MINUTE = 60_000;
const START = Date.UTC(2026, 2, 1);

/** A run: its start in milliseconds from the beginning, and its verdict. */
type Run = readonly [at: number, verdict: Verdict];

/** A day of runs, one a minute, without those that a monitor missed while it was stopped. */
function day(verdictOf: (minute: number) => Verdict | undefined, jitter = 0): Run[] {
  return Array.from({ length: 1440 }, (_, minute) => minute).flatMap((minute): Run[] => {
    const verdict = verdictOf(minute);
    return verdict === undefined
      ? []
      : [[minute * MINUTE + jitter * ((minute * 7919) % 1000) / 1000, verdict]];
  });
}

const CHECKS: Readonly<Record<string, readonly Run[]>> = {
  good: day(() => "up"),
  dead: day(() => "down"),
  half: day((minute) => minute % 2 === 0 ? "up" : "down"),
  outage: day((minute) => minute >= 300 && minute < 412 ? "down" : "up"),
  degraded: day((minute) => minute % 3 === 0 ? "degraded" : minute % 7 === 0 ? "down" : "up"),
  stopped: day((minute) => minute >= 500 && minute < 900 ? undefined : minute % 10 === 0 ? "down" : "up"),
  unsure: day((minute) => minute % 5 === 0 ? "unknown" : minute % 4 === 0 ? "down" : "up"),
};

/** Runs that begin up to a tenth of their interval late. Their shares differ from a mean a little. */
const LATE: Readonly<Record<string, readonly Run[]>> = {
  "late half": day((minute) => minute % 2 === 0 ? "up" : "down", MINUTE / 10),
  "late outage": day((minute) => minute >= 300 && minute < 412 ? "down" : "up", MINUTE / 10),
};

function writeHistory(path: string): void {
  new History(path)[Symbol.dispose]();
  withDatabase(path, (database) => {
    const check = database.prepare(
      "INSERT INTO checks (name, url, tags, interval, state) VALUES (?, '', '[]', ?, ?)",
    );
    const run = database.prepare(
      "INSERT INTO runs (check_id, at, verdict, total, retries, skipped) VALUES (?, ?, ?, 1, 0, 0)",
    );
    database.exec("BEGIN");
    for (const [name, runs] of Object.entries({ ...CHECKS, ...LATE })) {
      const { lastInsertRowid } = check.run(
        name,
        MINUTE,
        '{"condition":"up","since":"2026-03-01T00:00:00.000Z","certificateSoon":false}',
      );
      for (const [at, verdict] of runs) run.run(lastInsertRowid, START + Math.round(at), verdict);
    }
    database.exec("COMMIT");
  });
}

/** The runs that tell something, as a prober would have exposed them. */
function metrics(): string {
  const lines = Object.entries({ ...CHECKS, ...LATE }).flatMap(([name, runs]) =>
    runs.filter(([, verdict]) => verdict !== "unknown").map(([at, verdict]) =>
      `probe_success{check="${name}"} ${verdict === "down" ? 0 : 1} ${(START + Math.round(at)) / 1000}`
    )
  );
  return `# TYPE probe_success gauge\n${lines.join("\n")}\n# EOF\n`;
}

/** Starts Prometheus on a folder, and asks for the mean of each check on the day. */
async function askPrometheus(program: string, folder: string): Promise<Map<string, number>> {
  const port = freePort();
  await Deno.writeTextFile(`${folder}/prometheus.yml`, "scrape_configs: []\n");
  const server = new Deno.Command(program, {
    args: [
      `--config.file=${folder}/prometheus.yml`,
      `--storage.tsdb.path=${folder}/data`,
      "--storage.tsdb.retention.time=100y",
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    stdout: "null",
    stderr: "null",
  }).spawn();
  try {
    const query = new URLSearchParams({
      query: "avg_over_time(probe_success[1d])",
      time: String((START + 1440 * MINUTE - 1) / 1000),
    });
    const answer = await fetchWhenReady(`http://127.0.0.1:${port}/api/v1/query?${query}`);
    const { data } = JSON.parse(answer) as {
      data: { result: { metric: { check: string }; value: [number, string] }[] };
    };
    return new Map(data.result.map(({ metric, value }) => [metric.check, Number(value[1])]));
  } finally {
    server.kill("SIGKILL");
    await server.status;
  }
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

async function fetchWhenReady(url: string): Promise<string> {
  for (let tries = 0;; tries++) {
    try {
      const response = await fetch(url);
      const text = await response.text();
      if (response.ok) return text;
      if (tries === 300) throw new Error(text);
    } catch (error) {
      if (tries === 300) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function findPrograms(): { prometheus: string; promtool: string } | undefined {
  try {
    for (const name of ["prometheus", "promtool"]) Deno.statSync(`/usr/bin/${name}`);
    return { prometheus: "/usr/bin/prometheus", promtool: "/usr/bin/promtool" };
  } catch {
    return undefined;
  }
}

const programs = findPrograms();
const name = "the uptime of a report is avg_over_time(probe_success) of Prometheus on the same runs";

Deno.test({
  name: programs === undefined ? `${name} (ignored: prometheus is not installed)` : name,
  ignore: programs === undefined,
  async fn() {
    await withFolder(async (folder) => {
      writeHistory(`${folder}/h.db`);
      await Deno.writeTextFile(`${folder}/metrics.txt`, metrics());
      const { code } = await new Deno.Command(programs!.promtool, {
        args: ["tsdb", "create-blocks-from", "openmetrics", `${folder}/metrics.txt`, `${folder}/data`],
        stdout: "null",
      }).output();
      assertEquals(code, 0);
      const means = await askPrometheus(programs!.prometheus, folder);
      const to = START + 1440 * MINUTE;
      const { checks } = await readReport(`${folder}/h.db`, { from: START, to, now: to, parts: 0 });
      const shares = new Map(checks.map(({ name, uptime }) => [name, uptime!]));
      assertEquals([...means.keys()].sort(), [...shares.keys()].sort());
      assertEquals(
        Object.keys(CHECKS).map((check) => shares.get(check)!.toFixed(9)),
        Object.keys(CHECKS).map((check) => means.get(check)!.toFixed(9)),
      );
      const late = Object.keys(LATE);
      const worst = Math.max(...late.map((check) => Math.abs(shares.get(check)! - means.get(check)!)));
      assertAlmostEquals(worst, 0, 0.0005);
    });
  },
});
