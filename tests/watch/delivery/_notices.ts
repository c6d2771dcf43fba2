import type { ChangeNotice } from "../../../lib/watch/delivery/change_notice.ts";
import { changeTitle } from "../../../lib/watch/state/change_title.ts";

/** Makes a notice that a check is down, with some other fields. */
export function notice(changes: Partial<ChangeNotice> = {}): ChangeNotice {
  const made = {
    schema: 1,
    check: "shop",
    url: "https://shop.example/health",
    tags: ["web", "eu"],
    kind: "down",
    at: "2026-03-01T12:01:00.000Z",
    from: "up",
    to: "down",
    since: "2026-03-01T12:00:00.000Z",
    cause: "not status == 200 (found 503)",
    status: 503,
    total: 12.5,
    ...changes,
  } as const;
  return { title: changeTitle(made.check, made), ...made };
}

/** A notice that a check is up again. */
export const UP = notice({
  kind: "up",
  from: "down",
  to: "up",
  cause: "status 200, everything holds",
  status: 200,
  since: "2026-03-01T12:13:00.000Z",
  at: "2026-03-01T12:13:00.000Z",
  outage: { start: "2026-03-01T12:01:00.000Z", ms: 720_000, cause: "not status == 200 (found 503)" },
});

/** A notice that a certificate ends. */
export const CERTIFICATE = notice({
  kind: "certificate-soon",
  from: "up",
  to: "up",
  cause: "the certificate expires in 6 days, on 2026-03-07T12:00:00.000Z",
  certificate: {
    subject: "CN=shop.example",
    notAfter: "2026-03-07T12:00:00.000Z",
    daysLeft: 6,
    sha256: "ab".repeat(32),
    threshold: 7,
  },
});

/** Characters that some service takes for markup, for a mention or for the end of something. */
export const HOSTILE =
  '<!channel> @everyone <@123> *b* _i_ ~s~ `c` [x](http://evil.test) # > | & "q" \\ \n\r\u2028 😀';

/** A notice whose texts are markup. */
export const MARKED = notice({ check: HOSTILE, cause: HOSTILE, tags: [HOSTILE] });

/** A notice whose texts are longer than any service takes, of characters of one to four bytes. */
export const LONG = notice({
  check: "😀".repeat(3000),
  cause: "&<*".repeat(5000),
  url: `https://a.test/${"é".repeat(9000)}`,
  tags: Array.from({ length: 500 }, (_, index) => `標籤${index}`),
  outage: { start: "2026-03-01T12:01:00.000Z", ms: 1, cause: "_x_".repeat(5000) },
  certificate: { subject: "CN=".repeat(2000), notAfter: "2026-03-07T12:00:00.000Z", daysLeft: 6, sha256: "" },
});

/** A notice as an earlier version queued it. */
export const OLD = (({ title: _, ...rest }) => rest)(notice()) as ChangeNotice;

/** Notices of every kind. */
export const EVERY_KIND: readonly ChangeNotice[] = [
  notice(),
  UP,
  CERTIFICATE,
  MARKED,
  LONG,
  OLD,
  notice({ kind: "degraded", to: "degraded" }),
  notice({ kind: "reminder", from: "down" }),
  notice({ kind: "flapping", cause: "9 changes in an hour" }),
  notice({ kind: "steady", from: "down", to: "up" }),
  notice({ kind: "steady", from: "down", to: "down" }),
  notice({ kind: "certificate-renewed", from: "up", to: "up" }),
  notice({ kind: "behaviour", from: "up", to: "up", cause: "framing: content-length → chunked" }),
  notice({ kind: "unmeasured", from: "up", to: "up" }),
  notice({ kind: "measured", from: "up", to: "up" }),
];
