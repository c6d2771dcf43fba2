import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { profileConnection } from "../../../lib/conn/profile.ts";
import { testSideBySide } from "../../_side_by_side.ts";
import { type Conduct, reply, startLiar } from "../_liar.ts";
import { stepRows } from "../../_test_rows.ts";
import { skipWaits } from "../../_skipped_waits.ts";

interface Limits {
  /** Octets of the request line and of a field line, line ends included. */
  readonly requestLine?: number;
  readonly fieldLine?: number;
  /** Octets of the whole head. */
  readonly head?: number;
  readonly fieldLines?: number;
}

/** Refuses larger requests with the status of the first limit that they exceed. */
function limiting(limits: Limits, also: { readonly every?: string; readonly once?: number } = {}): Conduct {
  return async (connection) => {
    const head = await connection.request();
    if (head === undefined) return;
    const [requestLine = "", ...fields] = head.split("\r\n");
    const longest = Math.max(...fields.map(({ length }) => length + 2));
    const { requestLine: line = Infinity, fieldLine = Infinity, head: all = Infinity } = limits;
    const status = requestLine.length + 2 > line
      ? 414
      : longest > fieldLine
      ? 400
      : fields.length > (limits.fieldLines ?? Infinity)
      ? 413
      : head.length + 4 > all || connection.number === also.once
      ? 431
      : 200;
    const answer = also.every !== undefined && status === 200 ? also.every : String(status);
    connection.send(reply("hi", "Connection: close").replace("200 OK", `${answer} Some`));
  };
}

interface Row {
  readonly server: string;
  readonly conduct: Conduct;
  /** For each dimension the limit, and the range of sizes in which it lies. */
  readonly limits: Readonly<
    Record<string, readonly [limit: string | null, accepted: number, refused?: number]>
  >;
  readonly says?: string;
}

/** Far above the largest size that is tried. */
const FREE = {
  "request-line": [null, 131_072],
  "field-line": [null, 131_072],
  head: [null, 262_144],
  "field-lines": [null, 4_096],
} as const;

const ROWS: readonly Row[] = [
  { server: "no limit", conduct: limiting({}), limits: FREE },
  {
    server: "a limit on the number of field lines",
    conduct: limiting({ fieldLines: 100 }),
    limits: { ...FREE, "field-lines": ["field-lines", 100, 101] },
    says: "field-lines: 100 lines accepted, 101 refused with 413",
  },
  {
    server: "a low limit on the number of field lines",
    conduct: limiting({ fieldLines: 40 }),
    limits: { ...FREE, "field-lines": ["field-lines", 40, 41] },
  },
  {
    server: "a limit on the octets of the head",
    conduct: limiting({ head: 8_192 }),
    limits: {
      "request-line": ["head", 8_064, 8_192],
      "field-line": ["head", 8_064, 8_192],
      head: ["head", 8_192, 8_704],
      "field-lines": ["head", 1_000, 1_800],
    },
    says: "the limit on the head as a whole came first (431)",
  },
  {
    server: "limits on lines and on their number, and none on the head",
    conduct: limiting({ requestLine: 4_096, fieldLine: 8_192, fieldLines: 100 }),
    limits: {
      "request-line": ["request-line", 4_096, 4_224],
      "field-line": ["field-line", 8_192, 8_320],
      head: [null, 200_000],
      "field-lines": ["field-lines", 100, 101],
    },
  },
  {
    server: "all of them",
    conduct: limiting({ requestLine: 4_096, fieldLine: 8_192, head: 32_768, fieldLines: 200 }),
    limits: {
      "request-line": ["request-line", 4_096, 4_224],
      "field-line": ["field-line", 8_192, 8_320],
      head: ["head", 32_768, 33_280],
      "field-lines": ["field-lines", 200, 201],
    },
  },
];

testSideBySide(
  "limits names the limit that a size exceeded",
  ROWS.map(({ server, conduct, limits, says = "" }) =>
    [server, async () => {
      await using liar = await startLiar(conduct);
      const { experiments } = await profileConnection(liar.url, { only: ["limits"], intrusive: true });
      const { outcome, summary, facts } = experiments["limits"]!;
      const limited = Object.values(limits).some(([limit]) => limit !== null);
      assertEquals(outcome, limited ? "found" : "none-found", summary);
      const found = facts["limits"] as Record<
        string,
        { limit: string | null; accepted: number; refused: number | null }
      >;
      for (const [name, [limit, accepted, refused]] of Object.entries(limits)) {
        const seen = found[name]!;
        assertEquals(seen.limit, limit, `${name}: ${summary}`);
        if (refused === undefined) assertEquals(seen.refused, null, summary);
        // Sizes within a step of the limit, or within the range that the row leaves.
        const fits = seen.accepted <= (refused ?? Infinity) && seen.accepted >= accepted * 0.97;
        assertEquals([fits, (seen.refused ?? Infinity) > accepted], [true, true], `${name}: ${summary}`);
      }
      assertStringIncludes(summary, says);
    }] as const
  ),
);

Deno.test("limits is inconclusive if an ordinary request is refused too", async () => {
  using _clock = skipWaits();
  await using liar = await startLiar(limiting({}, { every: "400" }));
  const { experiments } = await profileConnection(liar.url, { only: ["limits"], intrusive: true });
  assertEquals(experiments["limits"]?.outcome, "unknown", experiments["limits"]?.summary);
  assertStringIncludes(experiments["limits"]!.summary, "answered with 400 too");
});

Deno.test("limits is inconclusive if the same size is refused once and accepted once", async () => {
  using _clock = skipWaits();
  // The contact, the ordinary request, and the first size of the number of field lines.
  await using liar = await startLiar(limiting({}, { once: 4 }));
  const { experiments } = await profileConnection(liar.url, { only: ["limits"], intrusive: true });
  assertEquals(experiments["limits"]?.outcome, "unknown", experiments["limits"]?.summary);
  assertStringIncludes(experiments["limits"]!.summary, "were refused once and accepted another time");
});

Deno.test("limits is inconclusive if two servers with different limits alternate", async (test) => {
  using _clock = skipWaits();
  const low = limiting({ requestLine: 8_192, fieldLine: 8_192 });
  const high = limiting({ head: 16_384 });
  await stepRows(test, [0, 1], async (first) => {
    await using liar = await startLiar((connection) =>
      (connection.number % 2 === first ? low : high)(connection)
    );
    const { experiments } = await profileConnection(liar.url, { only: ["limits"], intrusive: true });
    const { outcome, summary } = experiments["limits"]!;
    assertEquals(outcome, "unknown", summary);
    assertMatch(
      summary,
      /(octets|lines) were (refused once and accepted|accepted once and refused) another time$/,
    );
  });
});
