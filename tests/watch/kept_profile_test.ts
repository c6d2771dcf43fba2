import { assertEquals } from "@std/assert";
import {
  isProfileDue,
  type KeptProfile,
  type ProfiledTask,
  usableProfile,
  withProfile,
} from "../../lib/watch/kept_profile.ts";
import { testRows } from "../_test_rows.ts";

const AT = "2026-03-01T12:00:00.000Z";
const PROFILE: KeptProfile = { at: AT, definition: "d", experiments: {} };
const TASK: ProfiledTask = { definition: "d", conn: { every: 3_600_000 } };

testRows<[profile: KeptProfile | undefined, task: ProfiledTask, age: number, due: boolean]>(
  "isProfileDue() measures at the slower rhythm, and sooner in doubt",
  [
    [undefined, TASK, 0, true],
    [undefined, { definition: "d" }, 0, false],
    [PROFILE, { definition: "d" }, 1e9, false],
    [PROFILE, TASK, 0, false],
    [PROFILE, TASK, 3_599_999, false],
    [PROFILE, TASK, 3_600_000, true],
    [PROFILE, TASK, -1, true],
    [{ ...PROFILE, doubtful: true }, TASK, 59_999, false],
    [{ ...PROFILE, doubtful: true }, TASK, 60_000, true],
    [{ ...PROFILE, doubtful: true }, { definition: "d", conn: { every: 10_000 } }, 10_000, true],
  ],
  ([profile, task, age, due]) => assertEquals(isProfileDue(profile, task, Date.parse(AT) + age), due),
  { permissions: "none" },
);

Deno.test("usableProfile() forgets what another definition measured", { permissions: "none" }, () => {
  assertEquals(usableProfile(PROFILE, TASK), PROFILE);
  assertEquals(usableProfile(PROFILE, { ...TASK, definition: "e" }), undefined);
  assertEquals(usableProfile(PROFILE, { definition: "d" }), undefined);
});

Deno.test("withProfile() keeps the last profile", { permissions: "none" }, () => {
  const later = { ...PROFILE, at: "2026-03-01T13:00:00.000Z" };
  assertEquals(withProfile({ profile: PROFILE }, { profile: later }), { profile: later });
  assertEquals(withProfile({ profile: PROFILE }, {}), { profile: PROFILE });
});
