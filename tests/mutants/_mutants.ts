/**
 * Every bug to plant.
 *
 * @module
 */

import type { Mutant } from "./_mutant.ts";
import { BATCH_MUTANTS } from "./_mutants_batch.ts";
import { CLI_MUTANTS } from "./_mutants_cli.ts";
import { CONN_MUTANTS } from "./_mutants_conn.ts";
import { EXPECT_MUTANTS } from "./_mutants_expect.ts";
import { FILES_MUTANTS } from "./_mutants_files.ts";
import { GROUND_MUTANTS } from "./_mutants_ground.ts";
import { HTTP_MUTANTS } from "./_mutants_http.ts";
import { NET_MUTANTS } from "./_mutants_net.ts";
import { PROBE_MUTANTS } from "./_mutants_probe.ts";
import { REPORT_MUTANTS } from "./_mutants_report.ts";
import { SAVED_MUTANTS } from "./_mutants_saved.ts";
import { WATCH_MUTANTS } from "./_mutants_watch.ts";

/** Each changes the output for a user. Replace a bug that no test can distinguish from the original. */
export const MUTANTS: readonly Mutant[] = [
  ...HTTP_MUTANTS,
  ...GROUND_MUTANTS,
  ...NET_MUTANTS,
  ...REPORT_MUTANTS,
  ...PROBE_MUTANTS,
  ...SAVED_MUTANTS,
  ...FILES_MUTANTS,
  ...BATCH_MUTANTS,
  ...CONN_MUTANTS,
  ...EXPECT_MUTANTS,
  ...WATCH_MUTANTS,
  ...CLI_MUTANTS,
];
