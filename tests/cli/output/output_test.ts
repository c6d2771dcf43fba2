import { assert, assertEquals, assertRejects } from "@std/assert";
import { LocalFault } from "../../../lib/cli/local_fault.ts";
import { type OctetStream, StreamOutput } from "../../../lib/cli/output/output.ts";
import { testRows } from "../../_test_rows.ts";

/** A stream that takes at most `most` octets a write and breaks with `error` once `limit` octets went through. */
class ScriptedStream implements OctetStream {
  received = "";
  writes = 0;
  atOnce = 0;

  constructor(readonly most: number, readonly limit = Infinity, readonly error?: Error) {}

  async write(bytes: Uint8Array): Promise<number> {
    await Promise.resolve();
    this.writes++;
    return this.#take(bytes);
  }

  writeSync(bytes: Uint8Array): number {
    this.atOnce++;
    return this.#take(bytes);
  }

  #take(bytes: Uint8Array): number {
    if (this.error !== undefined && this.received.length >= this.limit) throw this.error;
    const taken = bytes.subarray(0, this.most);
    this.received += new TextDecoder().decode(taken);
    return taken.length;
  }

  isTerminal(): boolean {
    return false;
  }
}

testRows(
  "StreamOutput writes everything in order, however small each write is",
  [1, 3, 1000],
  async (most) => {
    const stream = new ScriptedStream(most);
    const output = new StreamOutput(stream, "stdout");
    await Promise.all([
      output.write("one\n"),
      output.write(""),
      output.write("two\n"),
      output.write("three\n"),
    ]);
    await output.write("four\n");
    assertEquals(stream.received, "one\ntwo\nthree\nfour\n");
  },
  { permissions: "none" },
);

Deno.test(
  "StreamOutput joins texts that arrive during a write",
  { permissions: "none" },
  async () => {
    const stream = new ScriptedStream(1000);
    const output = new StreamOutput(stream, "stdout");
    await Promise.all(Array.from({ length: 100 }, (_, index) => output.write(`${index}\n`)));
    assert(stream.writes <= 2, `${stream.writes} writes`);
    assertEquals(stream.received.split("\n").length, 101);
  },
);

testRows(
  "StreamOutput writes a first short text immediately, and nothing else",
  [
    [["one\n"], 1, 0],
    [["one\n", "two\n"], 1, 1],
    [["é".repeat(2048)], 1, 0],
    [["é".repeat(2048) + "a", "two\n"], 0, 2],
  ] as const,
  async ([texts, atOnce, writes]) => {
    const stream = new ScriptedStream(10_000);
    const output = new StreamOutput(stream, "stdout");
    for (const text of texts) await output.write(text);
    assertEquals([stream.atOnce, stream.writes, stream.received], [atOnce, writes, texts.join("")]);
  },
  { permissions: "none" },
);

testRows("StreamOutput writes the rest of a text that a full pipe took in part", [0, 2], async (most) => {
  const stream = new ScriptedStream(1000);
  stream.writeSync = (bytes) => {
    if (most === 0) throw new Deno.errors.WouldBlock("os error 11");
    stream.received += new TextDecoder().decode(bytes.subarray(0, most));
    return most;
  };
  const output = new StreamOutput(stream, "stdout");
  await Promise.all([output.write("one\n"), output.write("two\n")]);
  assertEquals(stream.received, "one\ntwo\n");
}, { permissions: "none" });

Deno.test("StreamOutput drops everything after a broken pipe, quietly", { permissions: "none" }, async () => {
  const stream = new ScriptedStream(1000, 4, new Deno.errors.BrokenPipe("os error 32"));
  const output = new StreamOutput(stream, "stdout");
  await output.write("one\n");
  assertEquals(output.broken, false);
  await output.write("two\n");
  assertEquals(output.broken, true);
  const { writes } = stream;
  await output.write("three\n");
  assertEquals([stream.writes, stream.received], [writes, "one\n"]);
});

Deno.test("StreamOutput explains why it cannot write", { permissions: "none" }, async () => {
  const output = new StreamOutput(
    new ScriptedStream(1000, 0, new Error("No space left on device")),
    "stdout",
  );
  await assertRejects(
    () => output.write("one\n"),
    LocalFault,
    "Cannot write to stdout: Error: No space left on device",
  );
  assertEquals(output.broken, false);
});
