import { assertEquals } from "@std/assert";
import type { AskedRange } from "../../lib/download/answer_verdict.ts";
import { judgeAnswer } from "../../lib/download/judge_answer.ts";
import type { FieldLine } from "../../lib/http/field_line.ts";
import { testRows } from "../_test_rows.ts";

const TAG: FieldLine = ["ETag", '"v1"'];

function verdictOf(status: number, headers: FieldLine[], asked: Partial<AskedRange>): string {
  const verdict = judgeAnswer({ status, reason: "", headers }, { from: 0, validator: {}, ...asked });
  return "cause" in verdict && verdict.cause !== undefined
    ? `${verdict.type}: ${verdict.cause}`
    : verdict.type;
}

testRows<[total: number | undefined, size: string | undefined, fields: FieldLine[], verdict: string]>(
  "judgeAnswer() considers a part complete only if all sizes and the version agree",
  [
    [undefined, "bytes */5", [TAG], "complete"],
    [5, "bytes */5", [TAG], "complete"],
    [5, "bytes */5", [], "complete"],
    [undefined, "bytes */4", [TAG], "restart: the part has 5 octets, and the server has 4"],
    [undefined, "bytes */6", [TAG], "restart: the part has 5 octets, and the server has 6"],
    [9, "bytes */5", [TAG], "restart: the part has 5 octets of 9, and the server has 5"],
    [9, "bytes */9", [TAG], "restart: the part has 5 octets of 9, and the server has 9"],
    [5, undefined, [TAG], "restart: the part has 5 octets, and the server does not say how many it has"],
    [
      5,
      "bytes */5",
      [["ETag", '"v2"']],
      "restart: the part has 5 octets, and the server has 5 of another version",
    ],
  ],
  ([total, size, fields, verdict]) => {
    const headers = size === undefined ? fields : [...fields, ["Content-Range", size] as FieldLine];
    const asked = { from: 5, validator: { etag: '"v1"' }, ...(total !== undefined && { total }) };
    assertEquals(verdictOf(416, headers, asked), verdict);
  },
  {
    permissions: "none",
  },
);

testRows<[status: number, headers: FieldLine[], verdict: string]>(
  "judgeAnswer() accepts 200 to 299 as content, except for an unrequested part",
  [
    [200, [], "whole"],
    [203, [], "whole"],
    [299, [], "whole"],
    [206, [], "refused: the answer is 206, a part, though the whole content was asked for"],
    [199, [], "refused: the answer is 199"],
    [300, [], "refused: the answer is 300"],
    [404, [], "refused: the answer is 404"],
    [416, [], "refused: the answer is 416"],
    [302, [], "refused: the answer is 302"],
    [302, [["Location", "/"]], "refused: the answer is 302: -L follows redirects"],
    [304, [["Location", "/"]], "refused: the answer is 304"],
  ],
  ([status, headers, verdict]) => {
    assertEquals(verdictOf(status, headers, {}), verdict);
  },
  {
    permissions: "none",
  },
);
