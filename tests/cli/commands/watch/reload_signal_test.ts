import { assertEquals } from "@std/assert";
import { ReloadSignal } from "../../../../lib/cli/commands/watch/reload_signal.ts";
import { withFolder } from "../../../_folder.ts";

Deno.test("ReloadSignal tells once of a file that stays missing, and again when it returns", async () => {
  await withFolder(async (folder) => {
    const path = `${folder}/checks.json`;
    await Deno.writeTextFile(path, "[]");
    const { setInterval } = globalThis;
    let look = (): void => {};
    globalThis.setInterval = ((ring: () => void) => {
      look = ring;
      return 0;
    }) as unknown as typeof setInterval;
    let reloads = 0;
    try {
      using _signal = new ReloadSignal(path, () => Promise.resolve(void reloads++));
      const lookTimes = async (times: number): Promise<number> => {
        for (let time = 0; time < times; time++) look();
        await new Promise<void>((resolve) => queueMicrotask(resolve));
        return reloads;
      };
      await Deno.remove(path);
      assertEquals(await lookTimes(9), 0);
      assertEquals(await lookTimes(1), 1);
      assertEquals(await lookTimes(30), 1);
      await Deno.writeTextFile(path, "[1]");
      assertEquals(await lookTimes(2), 2);
      // An editor may replace the file slowly.
      await Deno.remove(path);
      assertEquals(await lookTimes(9), 2);
      await Deno.writeTextFile(path, "[1, 2]");
      assertEquals(await lookTimes(2), 3);
    } finally {
      globalThis.setInterval = setInterval;
    }
  });
});
