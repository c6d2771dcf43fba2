import { assertEquals, assertLess } from "@std/assert";
import { createHash } from "node:crypto";
import { ContentDigest } from "../../lib/download/content_digest.ts";

Deno.test("ContentDigest reads from the file the octets that arrived too fast or in an earlier run", async () => {
  const content = new Uint8Array(6 * 1024 * 1024).map((_, index) => (index * 7) % 253);
  const expected = createHash("sha256").update(content).digest("hex");
  const path = await Deno.makeTempFile();
  try {
    await Deno.writeFile(path, content);
    const whole = await ContentDigest.open({ hasFile: true, behind: true });
    const told: number[] = [];
    assertEquals(await whole.finish(path, { onPiece: (hashed) => void told.push(hashed) }), expected);
    assertEquals(told.at(-1), content.length);

    const fast = await ContentDigest.open({ hasFile: true, behind: false });
    for (let at = 0; at < content.length; at += 65_536) fast.update(content.subarray(at, at + 65_536));
    const read: number[] = [];
    assertEquals(await fast.finish(path, { onPiece: (hashed) => void read.push(hashed) }), expected);
    assertLess(read.length, told.length + 1);

    const without = await ContentDigest.open({ hasFile: false, behind: false });
    without.update(content);
    assertEquals(await without.finish(undefined), expected);
  } finally {
    await Deno.remove(path);
  }
});
