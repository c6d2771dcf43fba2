import { assertEquals } from "@std/assert";
import { openList, type TargetList } from "../../../../lib/cli/commands/batch/target_list.ts";
import { withFolder } from "../../../_folder.ts";

/** A stream whose pieces the test sends. */
class SentStream {
  #controller!: ReadableStreamDefaultController<Uint8Array>;
  readonly stdin = new ReadableStream<Uint8Array>({
    start: (controller) => void (this.#controller = controller),
  });

  send(text: string): void {
    this.#controller.enqueue(new TextEncoder().encode(text));
  }

  end(): void {
    this.#controller.close();
  }
}

const NO_STDIN = { stdin: new ReadableStream<Uint8Array>() };

/** Lets everything happen until the list is counted. */
async function untilCounted(list: TargetList): Promise<void> {
  while (!list.isCounted) await new Promise((resolve) => setTimeout(resolve));
}

async function take(list: TargetList, count: number): Promise<number> {
  let taken = 0;
  for await (const _ of list.targets) if (++taken === count) break;
  return taken;
}

Deno.test("openList() counts the targets of all files before the first one is read", () =>
  withFolder(async (folder) => {
    Deno.writeTextFileSync(`${folder}/one`, "a.test\n# nothing\n10.0.0.0/24\n");
    Deno.writeTextFileSync(`${folder}/two`, "b.test\nc.test");
    using list = await openList(
      [`${folder}/one`, `${folder}/two`],
      { count: true, ports: [80, 81] },
      NO_STDIN,
    );
    await untilCounted(list);
    assertEquals([list.size, list.isRead], [2 * (1 + 256 + 2), false]);
    assertEquals(await take(list, Infinity), 518);
    assertEquals([list.size, list.isRead], [518, true]);
  }));

Deno.test("openList() knows the size of stdin once it has ended, before its targets are taken", async () => {
  const stream = new SentStream();
  using list = await openList(["-"], { count: true }, stream);
  stream.send("a.test\nb.test\nc.t");
  const first = take(list, 2);
  assertEquals([await first, list.size], [2, undefined]);
});

Deno.test("openList() counts stdin ahead of its reader", async () => {
  const stream = new SentStream();
  using list = await openList(["-"], { count: true }, stream);
  stream.send("a.test\nb.test\nc.t");
  assertEquals(list.size, undefined);
  stream.send("est");
  stream.end();
  await untilCounted(list);
  assertEquals([list.size, await take(list, Infinity)], [3, 3]);
});

Deno.test("openList() estimates the size of a file that is too long to be kept in memory", () =>
  withFolder(async (folder) => {
    // 12 MiB, of which 8 MiB are read ahead.
    const lines = 12 * 1024 * 1024 / 16;
    Deno.writeTextFileSync(`${folder}/list`, "http://a.test/x\n".repeat(lines));
    using list = await openList([`${folder}/list`], { count: true }, NO_STDIN);
    while ((list.size ?? 0) < lines) await new Promise((resolve) => setTimeout(resolve));
    assertEquals([list.size, list.isCounted], [lines, false]);
    assertEquals([await take(list, Infinity), list.isCounted], [lines, true]);
  }));

Deno.test("openList() counts a list that ends in a fault up to the fault", () =>
  withFolder(async (folder) => {
    Deno.writeFileSync(`${folder}/list`, new Uint8Array([0x61, 0x0a, 0xff, 0xff, 0x0a]));
    using list = await openList([`${folder}/list`], { count: true }, NO_STDIN);
    assertEquals([await take(list, Infinity), list.size, list.faults.length], [1, 1, 1]);
  }));

Deno.test("openList() knows no size without count, until everything is read", () =>
  withFolder(async (folder) => {
    Deno.writeTextFileSync(`${folder}/list`, "a.test\nb.test\n");
    using list = await openList([`${folder}/list`], { count: false }, NO_STDIN);
    assertEquals([list.size, await take(list, Infinity), list.size], [undefined, 2, 2]);
  }));
