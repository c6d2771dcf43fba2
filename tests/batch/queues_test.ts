import { assertEquals } from "@std/assert";
import { DueQueue } from "../../lib/batch/due_queue.ts";
import { HostQueue } from "../../lib/batch/host_queue.ts";
import { StartRate } from "../../lib/batch/start_rate.ts";
import { RowOrder } from "../../lib/batch/row_order.ts";

const item = (host: string, name: string) => ({ host, name });

Deno.test("HostQueue skips hosts that have reached their limit of running jobs", () => {
  const queue = new HostQueue<{ host: string; name: string }>(1);
  for (const [host, name] of [["a", "a1"], ["a", "a2"], ["b", "b1"], ["a", "a3"]]) {
    queue.push(item(host!, name!));
  }
  assertEquals([queue.length, queue.ready], [4, 2]);
  const first = queue.shift()!;
  assertEquals([first.name, queue.shift()?.name, queue.shift()], ["a1", "b1", undefined]);
  queue.release(first);
  assertEquals(queue.shift()?.name, "a2");
  assertEquals(queue.length, 1);
});

Deno.test("HostQueue gives retried items first, and keeps a place for their host meanwhile", () => {
  const queue = new HostQueue<{ host: string; name: string }>(1);
  queue.push(item("a", "a1"));
  queue.push(item("a", "a2"));
  queue.push(item("b", "b1"));
  const first = queue.shift()!;
  queue.pushAgain(first);
  assertEquals([queue.shift()?.name, queue.shift()?.name, queue.shift()], ["a1", "b1", undefined]);
});

Deno.test("HostQueue without a limit is first in, first out, even for thousands of items", () => {
  const queue = new HostQueue<{ host: string; name: string }>(Infinity);
  const seen: string[] = [];
  for (let round = 0; round < 4; round++) {
    for (let index = 0; index < 1000; index++) queue.push(item("a", `${round * 1000 + index}`));
    for (let index = 0; index < 900; index++) seen.push(queue.shift()!.name);
  }
  for (let next = queue.shift(); next; next = queue.shift()) seen.push(next.name);
  assertEquals(seen, Array.from({ length: 4000 }, (_, index) => `${index}`));
});

Deno.test("DueQueue gives items in the order of their due times, and none too early", () => {
  const delayed = new DueQueue<number>();
  for (const due of [50, 10, 40, 20, 30, 10]) delayed.push(due, due);
  assertEquals(delayed.firstDue, 10);
  assertEquals(delayed.shift(9), undefined);
  const taken: number[] = [];
  for (let next = delayed.shift(35); next !== undefined; next = delayed.shift(35)) taken.push(next);
  assertEquals(taken, [10, 10, 20, 30]);
  assertEquals([delayed.length, delayed.firstDue], [2, 40]);
});

Deno.test("StartRate spaces starts evenly, and catches up after a late timer but not on older starts", () => {
  const rate = new StartRate(100);
  rate.take(1000);
  assertEquals(rate.dueAt, 1010);
  let now = 1000;
  const starts: number[] = [];
  while (starts.length < 20) {
    while (rate.dueAt <= now && starts.length < 20) {
      rate.take(now);
      starts.push(now);
    }
    now++;
  }
  assertEquals(starts, Array.from({ length: 20 }, (_, index) => 1010 + 10 * index));
  now += 10_000;
  let burst = 0;
  for (; rate.dueAt <= now; burst++) rate.take(now);
  assertEquals(burst <= 3, true, `${burst}`);
});

Deno.test("RowOrder keeps the order of the input, and rows of one input together", () => {
  const order = new RowOrder<string>(true);
  const [a, b, c] = [order.open(), order.open(), order.open()];
  order.add(c, 0, "c");
  order.expand(b, 2);
  order.add(b, 1, "b1");
  assertEquals([order.take(), order.span], [[], 3]);
  order.add(a, 0, "a");
  assertEquals([order.take(), order.span], [["a"], 2]);
  order.add(b, 0, "b0");
  assertEquals([order.take(), order.span], [["b0", "b1", "c"], 0]);
});

Deno.test("RowOrder continues after an input that has no rows", () => {
  const order = new RowOrder<string>(true);
  const [a, b] = [order.open(), order.open()];
  order.add(b, 0, "b");
  order.expand(a, 0);
  assertEquals(order.take(), ["b"]);
});

Deno.test("RowOrder gives the rows that it has when the run is aborted", () => {
  const order = new RowOrder<string>(true);
  const [a, b, c] = [order.open(), order.open(), order.open()];
  order.add(c, 0, "c");
  order.add(b, 0, "b");
  order.flush();
  assertEquals(order.take(), ["b", "c"]);
  order.add(a, 0, "a");
  assertEquals(order.take(), ["a"]);
});

Deno.test("RowOrder knows the weight of the rows that can be taken and of those that wait for their turn", () => {
  const order = new RowOrder<string>(true, ({ length }) => length);
  const weights = () => [order.readySize, order.heldSize];
  const [a, b, c, d] = [order.open(), order.open(), order.open(), order.open()];
  order.add(b, 0, "22");
  order.add(c, 0, "333");
  assertEquals(weights(), [0, 5]);
  order.add(a, 0, "1");
  assertEquals(weights(), [6, 0]);
  assertEquals([order.take(), weights()], [["1", "22", "333"], [0, 0]]);
  const e = order.open();
  order.add(e, 0, "55555");
  assertEquals(weights(), [0, 5]);
  order.flush();
  assertEquals(weights(), [5, 0]);
  order.add(d, 0, "4444");
  assertEquals(weights(), [9, 0]);
  assertEquals([order.take(), weights()], [["55555", "4444"], [0, 0]]);
});

Deno.test("RowOrder without an order can give each row at once, with its weight", () => {
  const order = new RowOrder<string>(false, ({ length }) => length);
  const [a, b] = [order.open(), order.open()];
  order.add(b, 0, "22");
  order.add(a, 0, "1");
  assertEquals([order.readySize, order.heldSize, order.readyCount], [3, 0, 2]);
  assertEquals([order.take(), order.readySize], [["22", "1"], 0]);
});
