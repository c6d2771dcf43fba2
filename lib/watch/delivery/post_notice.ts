/**
 * Sends one notice to one receiver by HTTP.
 *
 * @module
 */

import { formatCount, formatQuantity } from "../../text/count.ts";
import { utf8Octets } from "../../http/octets.ts";
import { probe } from "../../probe/probe.ts";
import type { ProbeResult } from "../../result.ts";
import type { HttpReceiver } from "../tasks/receiver.ts";
import { failureIn, pageIn } from "./answer_fault.ts";
import type { ChangeNotice } from "./change_notice.ts";
import { judgeAnswer, type NotifyFailure } from "./judge_answer.ts";
import type { Service, ServiceAnswer, ServiceFault, ServiceRequest } from "./services/service.ts";
import { serviceOf } from "./services/services.ts";
import { renderTemplate } from "./template.ts";

/** Bytes of an answer that are read: enough for what a service says. */
const LONGEST_ANSWER = 65_536;

/**
 * Sends a notice.
 *
 * @param message JSON of a {@linkcode ChangeNotice}
 * @param options `limit` is the longest time in milliseconds
 * @returns The failure; `undefined` if the receiver took the notice
 */
export async function postNotice(
  receiver: HttpReceiver,
  message: string,
  options: { limit: number; signal: AbortSignal },
): Promise<NotifyFailure | undefined> {
  const service = serviceOf(receiver.type) as Service<HttpReceiver["type"]>;
  const { url, method, headers, body } = writeRequest(service, receiver, message);
  try {
    const result = await probe(url, {
      method,
      headers,
      body,
      maxTime: options.limit,
      maxBody: LONGEST_ANSWER,
      keepText: true,
      signal: options.signal,
    });
    return judgeResult(service, result);
  } catch (error) {
    // The values of this notice make a request that cannot be sent, today or later.
    if (error instanceof SyntaxError || error instanceof TypeError || error instanceof RangeError) {
      return { kind: "refused", error: error.message };
    }
    throw error;
  }
}

function writeRequest(
  service: Service<HttpReceiver["type"]>,
  receiver: HttpReceiver,
  message: string,
): ServiceRequest {
  const notice = JSON.parse(message) as ChangeNotice;
  const request = service.request(receiver, notice, message);
  const rendered = Object.entries(receiver.headerTemplates ?? {}).map(([name, template]) =>
    [name, utf8Octets(renderTemplate(template, notice))] as const
  );
  const own = new Set(Object.keys(receiver.headers).map((name) => name.toLowerCase()));
  const others = Object.entries(request.headers).filter(([name]) => !own.has(name.toLowerCase()));
  return {
    ...request,
    headers: { ...Object.fromEntries(others), ...receiver.headers, ...Object.fromEntries(rendered) },
  };
}

function findFault(service: Service<HttpReceiver["type"]>, answer: ServiceAnswer): ServiceFault | undefined {
  const page = service.takesPages === true ? undefined : pageIn(answer);
  return page ?? service.fault?.(answer) ?? failureIn(answer);
}

function judgeResult(
  service: Service<HttpReceiver["type"]>,
  { status, headers = [], body, error, request }: ProbeResult,
): NotifyFailure | undefined {
  if (status === undefined) {
    const cause = error === undefined
      ? "there was no answer"
      : `${error.kind} in ${error.phase}: ${error.message}`;
    return { kind: "unreachable", error: cause };
  }
  // The status tells if the receiver took the notice, even if the rest of the answer is lost.
  const text = body?.text ?? "";
  const failure = judgeAnswer({
    status,
    headers,
    text,
    fault: findFault(service, { status, text: text.trim() }),
  });
  if (failure !== undefined || request?.complete !== false) return failure;
  const cause = `the answer ${status} came after ${formatCount(request.sentBytes)} of ${
    formatQuantity(request.bytes ?? 0, "octet")
  }, and the rest was not taken`;
  return { kind: "failed", error: cause };
}
