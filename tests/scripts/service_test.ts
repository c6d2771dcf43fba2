import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { testRows } from "../_test_rows.ts";

const ROOT = new URL("../../", import.meta.url);
const UNITS = ["sonde-watch.service", "sonde-once.service", "sonde-once.timer"];

function read(path: string): string {
  return Deno.readTextFileSync(new URL(path, ROOT));
}

/** Gives the directives of a unit, with continued lines joined. */
function directives(name: string): string[] {
  const lines = read(`scripts/${name}`).replaceAll(/\\\n\s*/g, "").split("\n");
  return lines.filter((line) => /^[A-Z]\w*=/.test(line));
}

Deno.test("docs/watch.md shows scripts/sonde-watch.service as it is", () => {
  assertStringIncludes(read("docs/watch.md"), `\`\`\`ini\n${read("scripts/sonde-watch.service")}\`\`\`\n`);
});

testRows<[directive: string]>("scripts/sonde-watch.service restricts the service", [
  ["WantedBy=multi-user.target"],
  ["DynamicUser=yes"],
  // With a user for each service, the one that starts takes the history away from the other.
  ["User=sonde"],
  ["StateDirectory=sonde"],
  ["CacheDirectory=sonde"],
  ["Environment=DENO_DIR=/var/cache/sonde NO_COLOR=1"],
  ["CapabilityBoundingSet="],
  ["NoNewPrivileges=yes"],
  ["PrivateTmp=yes"],
  ["ProtectSystem=strict"],
  ["RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK"],
  ["SystemCallFilter=@system-service @pkey"],
  // V8 cannot compile with it.
  ["MemoryDenyWriteExecute=no"],
  ["RestartPreventExitStatus=2"],
  ["SuccessExitStatus=130"],
], ([directive]) => {
  assert(directives("sonde-watch.service").includes(directive), directive);
});

Deno.test("scripts/sonde-once.service is restricted as scripts/sonde-watch.service is", () => {
  const own = /^(?:Description|Type|ExecStart|ExecReload|SuccessExitStatus|Restart\w*|WantedBy)=/;
  const shared = (name: string) => directives(name).filter((line) => !own.test(line));
  assertEquals(shared("sonde-once.service"), shared("sonde-watch.service"));
  const start = (name: string) => directives(name).find((line) => line.startsWith("ExecStart="));
  assertEquals(
    start("sonde-once.service"),
    start("sonde-watch.service")?.replace(" watch ", " watch --once "),
  );
});

testRows<[unit: string]>("a service names its own credentials", [
  ["sonde-watch.service"],
  ["sonde-once.service"],
], ([unit]) => {
  assertEquals(read(`scripts/${unit}`).match(/\/run\/credentials\/[\w.-]+/g), [`/run/credentials/${unit}`]);
});

testRows<[unit: string]>("systemd accepts the units", UNITS.map((unit) => [unit]), async ([unit]) => {
  const folder = await Deno.makeTempDir();
  try {
    // The program stands where systemd looks for it on a machine with sonde.
    const path = new URL(`scripts/${unit}`, ROOT).pathname;
    const text = (await Deno.readTextFile(path)).replaceAll(/^(Exec\w+=)(?:deno|kill)/gm, `$1/bin/sh`);
    await Deno.writeTextFile(`${folder}/${unit}`, text);
    if (unit.endsWith(".timer")) {
      await Deno.writeTextFile(
        `${folder}/sonde-once.service`,
        "[Service]\nType=oneshot\nExecStart=/bin/true\n",
      );
    }
    const { code, stderr } = await verify(`${folder}/${unit}`);
    assertEquals([code, stderr], [0, ""]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

/** Calls `systemd-analyze`; a machine without systemd has nothing to say. */
async function verify(path: string): Promise<{ code: number; stderr: string }> {
  try {
    const { code, stderr } = await new Deno.Command("systemd-analyze", {
      args: ["verify", path],
      signal: AbortSignal.timeout(300_000),
    }).output();
    return { code, stderr: new TextDecoder().decode(stderr) };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return { code: 0, stderr: "" };
    throw error;
  }
}
