/**
 * All experiments, in the order in which they are shown.
 *
 * @module
 */

import { ADDRESSES } from "./addresses.ts";
import { CLOSE } from "./close.ts";
import { CONDITIONAL } from "./conditional.ts";
import type { Experiment } from "./experiment.ts";
import { HEAD } from "./head.ts";
import { HTTP10 } from "./http10.ts";
import { IDLE_TIMEOUT } from "./idle_timeout.ts";
import { KEEP_ALIVE } from "./keep_alive.ts";
import { PIPELINING } from "./pipelining.ts";
import { TLS } from "./tls.ts";

/** Every experiment that there is. The names are part of the public interface. */
export const EXPERIMENTS: readonly Experiment[] = [
  KEEP_ALIVE,
  CLOSE,
  HTTP10,
  HEAD,
  CONDITIONAL,
  PIPELINING,
  IDLE_TIMEOUT,
  TLS,
  ADDRESSES,
];
