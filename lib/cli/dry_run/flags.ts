/**
 * The flag for a run that sends nothing.
 *
 * @module
 */

import type { FlagTable } from "../flags/flag.ts";

/** The flag of the commands that probe. */
export const DRY_RUN_FLAGS = {
  "dry-run": {
    excludes: ["quiet"],
    help: "show what would be sent to what, and the permissions for that; look up no name and send nothing",
  },
} as const satisfies FlagTable;
