import { assertEquals } from "@std/assert";
import { withFolder } from "../../../_folder.ts";
import { run } from "../../_run.ts";
import { Service } from "./_service.ts";
import { WatchProcess } from "./_watch_process.ts";

const CLI = new URL("../../../../cli.ts", import.meta.url).pathname;

/** A window that lasts from an hour ago to an hour from now. */
function windowNow(): { from: string; to: string } {
  const [from, to] = [-1, 1].map((hours) => new Date(Date.now() + hours * 3_600_000).toISOString());
  return { from: from!, to: to! };
}

/** Runs `sonde watch` in a process that may use only these permissions. */
async function watchWith(permissions: readonly string[], ...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", ...permissions, CLI, "watch", ...args],
    env: { NO_COLOR: "1" },
    signal: AbortSignal.timeout(300_000),
  }).output();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes).trim());
  return { code, out: out!, err: err! };
}

Deno.test("sonde watch marks runs in maintenance, and tells nobody of them", async () => {
  await using service = new Service();
  service.status = 503;
  await withFolder(async (folder) => {
    const file = `${folder}/checks.json`;
    const write = (maintenance: unknown) =>
      Deno.writeTextFile(
        file,
        JSON.stringify({ maintenance, checks: [{ url: service.url, interval: "50ms" }] }),
      );
    await write([windowNow()]);
    await using watch = new WatchProcess("--history", `${folder}/h.db`, file);
    const events: string[] = [];
    const name = (event: object): string =>
      ["type", "kind", "verdict", "excluded"].flatMap((key) => (event as Record<string, string>)[key] ?? [])
        .join(" ");
    await watch.until((event) => events.push(name(event)) === 3);
    assertEquals(new Set(events), new Set(["run down maintenance"]));
    await write([]);
    await watch.until((event) => events.push(name(event)) > 0 && event.kind === "down");
    assertEquals(events.slice(-2), ["run down", "change down"]);
  });
});

Deno.test("sonde watch --once in maintenance is no failure, and leaves the state as it was", async () => {
  await using service = new Service();
  service.status = 503;
  await withFolder(async (folder) => {
    const file = `${folder}/checks.json`;
    const check = { name: "shop", url: service.url };
    const once = async (checks: unknown) => {
      await Deno.writeTextFile(file, JSON.stringify(checks));
      const { code, stdout } = await run(["watch", "--once", "--history", `${folder}/h.db`, file]);
      return [code, / {2}shop( \(in maintenance\))?/.exec(stdout)?.[0], stdout.includes("DOWN  shop")];
    };
    assertEquals(await once([{ ...check, maintenance: [windowNow()] }]), [
      0,
      "  shop (in maintenance)",
      false,
    ]);
    assertEquals(await once([check]), [1, "  shop", true]);
  });
});

Deno.test("sonde watch keeps quiet about checks that depend on one that is down", async () => {
  await using gateway = new Service();
  await using shop = new Service();
  await withFolder(async (folder) => {
    const file = `${folder}/checks.json`;
    await Deno.writeTextFile(
      file,
      JSON.stringify([
        { name: "shop", url: shop.url, interval: "50ms", dependsOn: "gateway" },
        { name: "gateway", url: gateway.url, interval: "1h" },
      ]),
    );
    await using watch = new WatchProcess("--history", `${folder}/h.db`, file);
    const seen = new Set<string>();
    await watch.until(({ check }) => seen.add(check).size === 2);
    gateway.status = 503;
    shop.status = 503;
    const told: string[] = [];
    const note = (
      { type, check, verdict, kind }: { type: string; check: string; verdict?: string; kind?: string },
    ) => verdict === "up" ? 0 : told.push(`${type} ${check} ${verdict ?? kind}`);
    await watch.until((event) => note(event) > 3);
    assertEquals(told, [
      "run gateway down",
      "change gateway down",
      "run shop unknown",
      "run shop unknown",
    ]);
  });
});

Deno.test("sonde watch --only says that it leaves out a check that others depend on", async () => {
  await using gateway = new Service();
  await using shop = new Service();
  gateway.status = 503;
  shop.status = 503;
  await withFolder(async (folder) => {
    const file = `${folder}/checks.json`;
    await Deno.writeTextFile(
      file,
      JSON.stringify([
        { name: "gateway", url: gateway.url },
        { name: "shop", url: shop.url, dependsOn: "gateway" },
      ]),
    );
    const { code, stdout, stderr } = await run(["watch", "--once", "--only", "shop", file]);
    assertEquals(
      stderr,
      "sonde: shop depends on gateway, which --only leaves out: sonde runs gateway only when shop fails, and " +
        "records nothing of it\n",
    );
    assertEquals(
      stdout.replace(/ +\S+ \S+ {2}shop/, "  shop"),
      "unknown  503  shop (gateway is down)\n",
    );
    assertEquals(code, 3);
    const checked = JSON.parse((await run(["watch", "--check", "--json", "--only", "shop", file])).stdout);
    assertEquals(checked.permissions.slice(0, 2).map((it: { for: string[] }) => it.for), [["shop"], [
      "gateway",
    ]]);
    assertEquals([`sonde: ${checked.notes[0]}\n`], [stderr]);
    shop.status = 200;
    const before = gateway.requests;
    assertEquals((await run(["watch", "--once", "--only", "shop", file])).code, 0);
    assertEquals(gateway.requests, before);
  });
});

Deno.test("sonde watch --once reminds of a check that is still down, after a restart as well", async () => {
  await using service = new Service();
  service.status = 503;
  await withFolder(async (folder) => {
    const file = `${folder}/checks.json`;
    const check = { name: "shop", url: service.url };
    const once = async (definition: unknown) => {
      await Deno.writeTextFile(file, JSON.stringify([definition]));
      const { stdout } = await run(["watch", "--once", "--history", `${folder}/h.db`, file]);
      return /(UP|DOWN|STILL DOWN) {2}shop/.exec(stdout)?.[1];
    };
    const often = { ...check, remind: "1ms" };
    assertEquals(await once(often), "DOWN");
    assertEquals(await once(often), "STILL DOWN");
    assertEquals(await once({ ...often, maintenance: [windowNow()] }), undefined);
    assertEquals(await once({ ...check, remind: "1h" }), undefined);
    assertEquals(await once(check), undefined);
    service.status = 200;
    assertEquals(await once(often), "UP");
  });
});

Deno.test("sonde watch says once that a check cannot be measured, and once that it can be again", async () => {
  await using service = new Service();
  await withFolder(async (folder) => {
    const file = `${folder}/checks.json`;
    const db = `${folder}/h.db`;
    const hook = { url: `${service.url}hook`, headers: {} };
    await Deno.writeTextFile(
      file,
      JSON.stringify({ webhooks: [hook], checks: [{ name: "shop", url: service.url }] }),
    );
    const files = [`--allow-read=${folder}`, `--allow-write=${folder}`];
    const once = (...permissions: string[]) =>
      watchWith([...files, ...permissions], "--once", "--history", db, file);
    const first = await once();
    assertEquals([first.code, first.err.split(": permission")[0]], [3, "sonde: shop cannot be measured"]);
    const second = await once();
    assertEquals([second.code, second.err], [3, ""]);
    const third = await once("--allow-net");
    assertEquals([third.code, third.err.split(" for ")[0]], [
      0,
      "sonde: shop can be measured again: it could not be measured",
    ]);
    const fourth = await once("--allow-net");
    assertEquals([fourth.code, fourth.err], [0, ""]);
    // Two runs of the check, and nothing for the webhook.
    assertEquals(service.requests, 2);
  });
});
