/**
 * Adds the experiments of a script.
 *
 * @module
 */

import type { Experiment } from "./experiment.ts";

/**
 * An experiment of a script. Members that you leave out get a default, so name, question, outcomes and `run` are
 * enough.
 *
 * The profile completes whatever `run` does. If it throws, returns an outcome that it does not list, or runs far beyond
 * `atMost`, the outcome is `unknown` with the reason, and its connections are closed.
 *
 * @example Usage
 * ```ts
 * import { type CustomExperiment, profileConnection } from "https://deno.land/x/sonde/lib/conn.ts";
 * import assert from "node:assert/strict";
 *
 * const trace: CustomExperiment<"refused" | "answered"> = {
 *   name: "trace",
 *   question: "Is TRACE refused?",
 *   outcomes: { refused: "the server refuses TRACE", answered: "the server answers TRACE" },
 *   async run(lab) {
 *     await using connection = await lab.open();
 *     const { response: { status } } = await lab.mustAsk(connection, lab.subject.request({ method: "TRACE" }));
 *     return { outcome: status < 400 ? "answered" : "refused", summary: `answered with ${status}`, facts: { status } };
 *   },
 * };
 *
 * const handler = ({ method }: Request) => new Response(null, { status: method === "TRACE" ? 405 : 200 });
 * await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, handler);
 * const url = `http://127.0.0.1:${server.addr.port}/`;
 * const profile = await profileConnection(url, { experiments: [trace], only: ["trace"] });
 * assert.equal(profile.experiments["trace"]?.outcome, "refused");
 * ```
 */
export type CustomExperiment<Outcome extends string = string> =
  & Pick<Experiment<Outcome>, "name" | "question" | "outcomes" | "run">
  & Partial<Experiment<Outcome>>;
