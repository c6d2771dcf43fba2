import { assertEquals } from "@std/assert";
import type { DeliveryFailure } from "../../../lib/watch/delivery/deliverer.ts";
import {
  describeDeliveryFailure,
  describeRetry,
  describeUnsent,
} from "../../../lib/watch/delivery/delivery_text.ts";
import { testRows } from "../../_test_rows.ts";

const FAILURE: DeliveryFailure = {
  place: "webhooks[1]",
  change: { check: "shop", kind: "down" },
  error: "the answer was 500",
  tries: 12,
};

testRows<[count: number, kept: boolean, text: string]>(
  "describeUnsent() counts notices, and says when they will be delivered",
  [
    [1, true, "webhooks[1]: 1 notice was not delivered; the next run tries again"],
    [2, true, "webhooks[1]: 2 notices were not delivered; the next run tries again"],
    [1, false, "webhooks[1]: 1 notice was not delivered; without --history no run tries again"],
  ],
  ([count, kept, text]) => {
    assertEquals(describeUnsent({ place: "webhooks[1]", count }, kept), text);
  },
  { permissions: "none" },
);

Deno.test("describeDeliveryFailure() and describeRetry() describe the undelivered notice and the next try", {
  permissions: "none",
}, () => {
  assertEquals(
    describeDeliveryFailure(FAILURE),
    'webhooks[1]: Cannot deliver "down" of shop: the answer was 500',
  );
  const { change: _, ...ofQueue } = FAILURE;
  assertEquals(
    describeDeliveryFailure({ ...ofQueue, error: "Cannot use the queue of deliveries: it is locked" }),
    "webhooks[1]: Cannot use the queue of deliveries: it is locked",
  );
  assertEquals(describeRetry(ofQueue), "sonde tries again with the next change");
  assertEquals(describeRetry({ ...FAILURE, refused: true }), "refused, so sonde does not try again");
  assertEquals(describeRetry(FAILURE), "given up after 12 tries");
  assertEquals(describeRetry({ ...FAILURE, wait: 2_000 }), "the next try is in 2 s");
  assertEquals(describeRetry({ ...FAILURE, wait: 0.2 }), "the next try is in 1 ms");
});
