/**
 * Measures the behaviour of a server's connections by experiments: keep-alive, idle timeout, pipelining and so on.
 *
 * @example Usage
 * ```ts
 * import { profileConnection } from "https://deno.land/x/sonde/lib/conn.ts";
 *
 * await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => new Response("hi"));
 * const url = `http://127.0.0.1:${server.addr.port}/`;
 * const { experiments } = await profileConnection(url, { only: ["keep-alive"] });
 * if (experiments["keep-alive"]?.outcome !== "yes") throw new Error("the connection was not kept");
 * ```
 *
 * @module
 */

export { profileConnection } from "./conn/profile.ts";
export { planDuration, type PlannedDuration, type PlannedExperiment, planProfile } from "./conn/plan.ts";
export { addExperiments, quickExperiments } from "./conn/quick.ts";
export { FRONTS } from "./conn/findings/known_timeouts.ts";
export type { Front } from "./conn/front.ts";
export type { ProfileEstimate, ProfileOptions, ProfileProgress } from "./conn/options.ts";
export { type ExperimentNames, experimentNames, type ShortName } from "./conn/experiment_names.ts";
export {
  parseProfileExpectation,
  type ProfileExpectationOptions,
} from "./expect/parse_profile_expectation.ts";
export type { Expectation } from "./expect/parse_expectation.ts";
export type { CustomExperiment } from "./conn/custom_experiment.ts";
export { EXPERIMENTS } from "./conn/experiments.ts";
export type {
  Choice,
  Experiment,
  ExperimentVerdict,
  OutcomeFinding,
  OutcomeMeaning,
  PlannedSend,
} from "./conn/experiment.ts";
export type { FindingOf, FindingRule } from "./conn/findings/finding_rule.ts";
export type { CompleteAnswer, ExperimentConnection, ExperimentLab } from "./conn/experiment_lab.ts";
export { CannotTell } from "./conn/lab/cannot_tell.ts";
export type { Answer } from "./conn/answer.ts";
export type { Settings } from "./conn/settings.ts";
export type { RequestChange, Subject } from "./conn/subject.ts";
export type { OwnEnd, PeerEnd, StreamEnd } from "./net/stream_end.ts";
export type { ComposedRequest } from "./probe/compose_request.ts";
export type {
  ConnectToRule,
  LimitOptions,
  Linger,
  ProbeOptions,
  ReachOptions,
  RequestOptions,
  ResolveRule,
} from "./probe/options.ts";
export type { HeadersInput } from "./probe/header_changes.ts";
export type { OutstandingRequest } from "./http/framing_verdict.ts";
export type { InterimHead, ParsedBody, ParsedResponse, ReadFailure, ResponseHead } from "./http/response.ts";
export type { ResponseReader } from "./http/response_reader.ts";
export type { ReaderState } from "./http/reader_options.ts";
export type { FieldLine } from "./http/field_line.ts";
export type { LimitsInput, ReaderLimits } from "./http/limits.ts";
export type { Scheme, SettledTarget, Target } from "./target/target.ts";
export type * from "./result.ts";
export type * from "./wire/wire_event.ts";
