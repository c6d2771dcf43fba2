import { assertEquals } from "@std/assert";
import { withoutUndefined } from "../lib/without_undefined.ts";

interface Answer {
  readonly status: number | null;
  readonly reason?: string;
  readonly bytes?: number;
}

const pure = { permissions: "none" } as const;

Deno.test("withoutUndefined() leaves out undefined, and keeps null, zero and empty text", pure, () => {
  assertEquals(withoutUndefined<Answer>({ status: null, reason: undefined, bytes: 0 }), {
    status: null,
    bytes: 0,
  });
  assertEquals(withoutUndefined<Answer>({ status: 200, reason: "" }), { status: 200, reason: "" });
});

Deno.test("withoutUndefined() keeps the order of fields, and the object it was given", pure, () => {
  const fields = { bytes: 5, reason: undefined, status: 200 };
  assertEquals(Object.keys(withoutUndefined<Answer>(fields)), ["bytes", "status"]);
  assertEquals(Object.keys(fields), ["bytes", "reason", "status"]);
});

Deno.test("withoutUndefined() refuses surplus, missing and empty required fields by type", pure, () => {
  // @ts-expect-error No such field.
  withoutUndefined<Answer>({ status: 200, size: 5 });
  // @ts-expect-error The status is required.
  withoutUndefined<Answer>({ reason: "OK" });
  // @ts-expect-error The status cannot be undefined.
  withoutUndefined<Answer>({ status: undefined });
  const typed: Answer = withoutUndefined({ status: 204, reason: undefined });
  assertEquals(typed, { status: 204 });
});
