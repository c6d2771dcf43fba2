/**
 * The definitions of a task file, the same in JSON and in TypeScript.
 *
 * @module
 */

import type { ProbeResult } from "../../result.ts";
import type { NoticeKind } from "./notice_kinds.ts";
import type { ReceiverDefinition, WebhookDefinition } from "./receiver_definition.ts";
import type { MaintenanceDefinition } from "./parse_maintenance.ts";

/**
 * A function that checks a result. It returns `true` if all is well, and `false` or a description of the fault if not.
 * Only TypeScript can have these.
 */
export type CheckPredicate = (result: ProbeResult) => boolean | string | Promise<boolean | string>;

/** The experiments of a check, and how often they run. */
export interface ConnDefinition {
  /** Time from one measurement to the next. @default {"1h"} */
  readonly every?: string | undefined;
  /** Names of quick experiments. @default all of them */
  readonly experiments?: readonly string[] | undefined;
}

/** A check that runs again and again. Durations are texts, as in `30s`. */
export interface CheckDefinition {
  /** Name of the check, which no other check may have. @default the URL */
  readonly name?: string | undefined;
  /** URL or host to probe. */
  readonly url: string;
  /** Method of the request. @default {"GET"} */
  readonly method?: string | undefined;
  /** Header fields by name; `null` removes a default field. */
  readonly headers?: Readonly<Record<string, string | null>> | undefined;
  /** Content of the request, sent as UTF-8. */
  readonly body?: string | undefined;
  /** Fields of a form, sent URL-encoded by POST; a list gives a field several values. */
  readonly form?: Readonly<Record<string, string | readonly string[]>> | undefined;
  /**
   * File whose octets are the content of the request. All paths are relative to the folder of the task file, or to the
   * current folder if a script defines the check.
   */
  readonly bodyFile?: string | undefined;
  /** Credentials `NAME:PASSWORD` for Basic authentication. */
  readonly user?: string | undefined;
  /** Value of User-Agent; an empty text removes the field. @default {"sonde/VERSION"} */
  readonly userAgent?: string | undefined;
  /** `true` sends the request as HTTP/1.0. @default {false} */
  readonly http10?: boolean | undefined;
  /** Request target to send instead of the URL's path and query. */
  readonly requestTarget?: string | undefined;
  /** File whose octets are the whole request, sent unchanged. */
  readonly rawRequest?: string | undefined;
  /** Place to connect to, as `192.0.2.7` or `backend-3:8443`. Host, SNI and certificate check keep the URL's name. */
  readonly address?: string | undefined;
  /** Rules `HOST:PORT:ADDRESS` to use instead of a name lookup. */
  readonly resolve?: string | readonly string[] | undefined;
  /** Rules `HOST1:PORT1:HOST2:PORT2`: connect to the second place instead of the first. */
  readonly connectTo?: string | readonly string[] | undefined;
  /** Path of a Unix socket to connect through. */
  readonly unixSocket?: string | undefined;
  /** `true` refuses addresses outside the public internet, after redirects too. @default {false} */
  readonly denyPrivate?: boolean | undefined;
  /** `true` uses IPv4 addresses only. @default {false} */
  readonly ipv4?: boolean | undefined;
  /** `true` uses IPv6 addresses only. @default {false} */
  readonly ipv6?: boolean | undefined;
  /** Name to send in the TLS handshake and to verify the certificate against. */
  readonly sni?: string | undefined;
  /** Protocols to offer in the TLS handshake. @default {["http/1.1"]} */
  readonly alpn?: string | readonly string[] | undefined;
  /** `false` accepts a certificate that cannot be verified. @default {true} */
  readonly verify?: boolean | undefined;
  /** PEM file with the certificate authorities to trust. */
  readonly cacert?: string | undefined;
  /** PEM file with the client certificate; without `key`, it has the private key too. */
  readonly cert?: string | undefined;
  /** PEM file with the private key of the client certificate. */
  readonly key?: string | undefined;
  /** Expectations; if one fails, the check is down. @default {["status < 400"]} */
  readonly expect?: readonly string[] | undefined;
  /** Expectations; if one fails, the check is degraded, not down. */
  readonly degraded?: readonly string[] | undefined;
  /** Functions that check the result, by the names that reports show. */
  readonly test?: Readonly<Record<string, CheckPredicate>> | undefined;
  /**
   * `head` gives the verdict as soon as the head of the answer is there, and closes the connection: for streams that
   * never end. Expectations cannot be about the content then. @default {"whole"}
   */
  readonly judge?: "whole" | "head" | undefined;
  /**
   * Quick experiments of `sonde conn` at a slower rhythm, for expectations such as
   * `experiments.keep-alive.outcome == yes`: `true`, a duration, a list of names, or both in an object. Runs in
   * between are judged by the last measurement. @default {false}, or all of them every hour
   */
  readonly conn?: boolean | string | readonly string[] | ConnDefinition | undefined;
  /** Interval between starts. @default {"1m"} */
  readonly interval?: string | undefined;
  /** Time limit for one whole exchange. @default {"10s"} */
  readonly maxTime?: string | undefined;
  /** Time limit for connecting to one address. @default {"5s"} */
  readonly connectTimeout?: string | undefined;
  /** Time limit from the last octet sent to the first octet received. */
  readonly firstByteTimeout?: string | undefined;
  /** Time to listen before the request is sent; octets that arrive by then end the run. */
  readonly listenFirst?: string | undefined;
  /** Size limit for the head of a response, as `64KiB` or in octets. @default {"64KiB"} */
  readonly maxHead?: string | number | undefined;
  /** Size limit for the content of a response, as `10MiB` or in octets. @default {"10MiB"} */
  readonly maxBody?: string | number | undefined;
  /** Tries after the first one, one second apart, before a run counts as failed. @default {0} */
  readonly retries?: number | undefined;
  /** Failed runs in a row before the check is down. @default {1} */
  readonly failures?: number | undefined;
  /** Good runs in a row before the check is up again. @default {1} */
  readonly successes?: number | undefined;
  /** Warn when a certificate expires in fewer days, as in `[21, 7, 1]`. @default {14} */
  readonly certificateDays?: number | readonly number[] | undefined;
  /** Changes of the verdict within an hour from which on the check is flapping; 0 for never. @default {6} */
  readonly flapping?: number | undefined;
  /** Redirects to follow. @default {0} */
  readonly maxRedirects?: number | undefined;
  /** Windows in which runs do not count and make no notices. @default none besides those of the file */
  readonly maintenance?: readonly MaintenanceDefinition[] | undefined;
  /** Names of checks: while one of them is down, a failing run of this check is `unknown` and makes no notice. */
  readonly dependsOn?: string | readonly string[] | undefined;
  /** Time from one reminder to the next while the check is down. @default no reminders */
  readonly remind?: string | undefined;
  /** Words by which checks can be selected. */
  readonly tags?: readonly string[] | undefined;
  /** Kinds of notices that receivers get of this check; `certificate` stands for both kinds about one. @default all */
  readonly on?: readonly (NoticeKind | "certificate")[] | undefined;
}

/** A whole task file. A plain list of checks is enough, too. */
export interface TaskFile {
  /** The checks, each with a name of its own. */
  readonly checks: readonly CheckDefinition[];
  /** Keys that all checks have in common. */
  readonly defaults?: Omit<Partial<CheckDefinition>, "name" | "url">;
  /** Windows in which the runs of all checks do not count and make no notices. */
  readonly maintenance?: readonly MaintenanceDefinition[] | undefined;
  /** Receivers of notices by the names of their services. */
  readonly receivers?: readonly ReceiverDefinition[] | undefined;
  /** Receivers of notices by HTTP. */
  readonly webhooks?: readonly (string | WebhookDefinition)[];
  /** Programs with arguments that run on each state change; the environment has the facts. */
  readonly commands?: readonly (readonly string[])[];
}

/**
 * Returns the definition of a task file as it is, so that TypeScript checks its type.
 *
 * In requests, addresses, paths and receivers `${env:NAME}` stands for a variable of the environment and `${file:PATH}`
 * for the content of a file. sonde never prints these values, nor the password of a URL. It cannot recognise values of
 * fewer than four characters in other text.
 *
 * @example Usage
 * ```ts
 * import { defineChecks } from "https://deno.land/x/sonde/lib/watch.ts";
 * import assert from "node:assert/strict";
 *
 * const checks = defineChecks(["a", "b"].map((name) => ({
 *   name,
 *   url: `https://${name}.example/health`,
 *   expect: ["status == 200", "timings.total < 1s"],
 *   test: { "has a body": (result) => (result.body?.bytes ?? 0) > 0 },
 * })));
 * assert.equal(checks.length, 2);
 * ```
 */
export function defineChecks<const Definition extends readonly CheckDefinition[] | TaskFile>(
  definition: Definition,
): Definition {
  return definition;
}
