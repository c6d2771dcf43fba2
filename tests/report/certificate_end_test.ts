import { assertEquals } from "@std/assert";
import { describeCertificateEnd } from "../../lib/report/certificate_end.ts";
import { testRows } from "../_test_rows.ts";

testRows<[daysLeft: number, text: string]>(
  "describeCertificateEnd() says how many days are left, and the date",
  [
    [13, "expires in 13 days, on 2026-03-14"],
    [1, "expires in 1 day, on 2026-03-14"],
    [0, "expires within a day, on 2026-03-14"],
    [-1, "expired less than a day ago, on 2026-03-14"],
    [-2, "expired 1 day ago, on 2026-03-14"],
    [-20, "expired 19 days ago, on 2026-03-14"],
  ],
  ([daysLeft, text]) => {
    assertEquals(describeCertificateEnd({ daysLeft, notAfter: "2026-03-14T12:00:00Z" }), text);
  },
  { permissions: "none" },
);
