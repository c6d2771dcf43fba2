import { assertEquals } from "@std/assert";
import type { ChangeNotice } from "../../../../lib/watch/delivery/change_notice.ts";
import type { Service, ServiceRequest } from "../../../../lib/watch/delivery/services/service.ts";
import { SERVICES } from "../../../../lib/watch/delivery/services/services.ts";
import { parseTasks } from "../../../../lib/watch/tasks/parse_tasks.ts";
import type { HttpReceiver } from "../../../../lib/watch/tasks/receiver.ts";
import { SOURCE } from "../../_samples.ts";

/** Reads one entry of `receivers`. */
export function receiver(entry: Record<string, unknown>): HttpReceiver {
  const { receivers } = parseTasks(
    { checks: [{ url: "a.test" }], receivers: [entry] },
    { file: "test", source: SOURCE },
  );
  return receivers[0] as HttpReceiver;
}

/** Writes the request of a receiver with a notice. */
export function requestFor(entry: Record<string, unknown>, notice: ChangeNotice): ServiceRequest {
  const parsed = receiver(entry);
  const service = SERVICES[parsed.type] as Service<HttpReceiver["type"]>;
  return service.request(parsed, notice, JSON.stringify(notice));
}

/** Reads the JSON of a request, which has to be a POST of JSON. */
export function jsonOf({ method, headers, body }: ServiceRequest): Record<string, unknown> {
  assertEquals([method, headers["Content-Type"]], ["POST", "application/json"]);
  return JSON.parse(body ?? "") as Record<string, unknown>;
}
