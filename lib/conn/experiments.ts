/**
 * All experiments, in the order in which they are shown.
 *
 * @module
 */

import { ADDRESSES } from "./addresses.ts";
import { CHUNKED_REQUEST } from "./chunked_request.ts";
import { CLOSE } from "./close.ts";
import { CONDITIONAL } from "./conditional.ts";
import { DESYNC } from "./desync.ts";
import { EARLY_ANSWER } from "./early_answer.ts";
import { EXPECT_CONTINUE } from "./expect_continue.ts";
import type { Experiment } from "./experiment.ts";
import { FIRST_BYTE_SILENCE } from "./first_byte_silence.ts";
import { HALF_CLOSE } from "./half_close.ts";
import { HEAD } from "./head.ts";
import { HTTP10 } from "./http10.ts";
import { IDLE_TIMEOUT } from "./idle_timeout.ts";
import { KEEP_ALIVE } from "./keep_alive.ts";
import { LENIENCY } from "./leniency.ts";
import { LIMITS } from "./limits.ts";
import { MAX_REQUESTS } from "./max_requests.ts";
import { PIPELINING } from "./pipelining.ts";
import { REUSE_RACE } from "./reuse_race.ts";
import { SLOW_BODY } from "./slow_body.ts";
import { SLOW_HEAD } from "./slow_head.ts";
import { STATUSES } from "./statuses.ts";
import { STREAMING } from "./streaming.ts";
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
  STREAMING,
  MAX_REQUESTS,
  REUSE_RACE,
  STATUSES,
  EXPECT_CONTINUE,
  EARLY_ANSWER,
  HALF_CLOSE,
  CHUNKED_REQUEST,
  FIRST_BYTE_SILENCE,
  SLOW_HEAD,
  SLOW_BODY,
  LIMITS,
  LENIENCY,
  DESYNC,
];
