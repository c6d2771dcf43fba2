/**
 * All built-in experiments, in display order.
 *
 * @module
 */

import type { Experiment } from "./experiment.ts";
import { ADDRESSES } from "./experiments/addresses.ts";
import { CHUNKED_REQUEST } from "./experiments/chunked_request.ts";
import { CLOSE } from "./experiments/close.ts";
import { CONDITIONAL } from "./experiments/conditional.ts";
import { DESYNC } from "./experiments/desync.ts";
import { EARLY_ANSWER } from "./experiments/early_answer.ts";
import { EXPECT_CONTINUE } from "./experiments/expect_continue.ts";
import { FIRST_BYTE_SILENCE } from "./experiments/first_byte_silence.ts";
import { HALF_CLOSE } from "./experiments/half_close.ts";
import { HEAD } from "./experiments/head.ts";
import { HTTP10 } from "./experiments/http10.ts";
import { IDLE_TIMEOUT } from "./experiments/idle_timeout.ts";
import { KEEP_ALIVE } from "./experiments/keep_alive.ts";
import { LENIENCY } from "./experiments/leniency.ts";
import { LIMITS } from "./experiments/limits.ts";
import { MAX_REQUESTS } from "./experiments/max_requests.ts";
import { PIPELINING } from "./experiments/pipelining.ts";
import { REUSE_RACE } from "./experiments/reuse_race.ts";
import { SLOW_BODY } from "./experiments/slow_body.ts";
import { SLOW_HEAD } from "./experiments/slow_head.ts";
import { STATUSES } from "./experiments/statuses.ts";
import { STREAMING } from "./experiments/streaming.ts";
import { TLS } from "./experiments/tls.ts";

/** All built-in experiments. The names are part of the public interface. */
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
