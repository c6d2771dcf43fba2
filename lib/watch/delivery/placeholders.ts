/**
 * The placeholders of a template.
 *
 * @module
 */

import { formatDuration } from "../../text/duration.ts";
import { titleOf } from "./notice_text.ts";
import type { ChangeNotice } from "./change_notice.ts";

/** A value that stands for a placeholder; `undefined` if the notice has none. */
export type PlaceholderValue = string | number | readonly string[] | ChangeNotice | null | undefined;

/** The placeholders by name, each with the value that it stands for. */
export const PLACEHOLDERS: Readonly<Record<string, (notice: ChangeNotice) => PlaceholderValue>> = {
  "title": titleOf,
  "check.name": ({ check }) => check,
  "check.url": ({ url }) => url,
  "check.tags": ({ tags }) => tags,
  "kind": ({ kind }) => kind,
  "state": ({ kind, to }) => kind === "flapping" ? kind : to,
  "from": ({ from }) => from,
  "since": ({ since }) => since,
  "at": ({ at }) => at,
  "cause": ({ cause }) => cause,
  "status": ({ status }) => status,
  "total": ({ total }) => total,
  "outage.start": ({ outage }) => outage?.start,
  "outage.ms": ({ outage }) => outage?.ms,
  "outage.duration": ({ outage }) => outage && formatDuration(outage.ms),
  "outage.cause": ({ outage }) => outage?.cause,
  "certificate.subject": ({ certificate }) => certificate?.subject,
  "certificate.notAfter": ({ certificate }) => certificate?.notAfter,
  "certificate.daysLeft": ({ certificate }) => certificate?.daysLeft,
  "json": (notice) => notice,
};

/** A notice for which a template is tried when the task file is read. */
export const SAMPLE_NOTICE: ChangeNotice = {
  schema: 1,
  check: "shop",
  url: "https://shop.example/",
  tags: ["web"],
  title: "shop is down: status 503",
  kind: "down",
  at: "2026-03-01T12:00:00.000Z",
  from: "up",
  to: "down",
  since: "2026-03-01T12:00:00.000Z",
  cause: "status 503",
  status: 503,
  total: 12,
};
