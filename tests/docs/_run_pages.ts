/**
 * Runs the commands of all pages, or of the given ones, and prints the results as JSON.
 *
 * @module
 */

import { startExampleServers } from "../../docs/servers.ts";
import { TestFolder } from "../_folder.ts";
import { whyNotRun } from "./_not_run.ts";
import { listCommands, type Page, readPages } from "./_page.ts";
import { toModules } from "./_published.ts";
import { fromFileUrl } from "./_root.ts";
import { type CommandOutcome, PageShell } from "./_run_command.ts";

/** Addresses of loopback as long as the one that the pages show, so that columns keep their widths; at last that one. */
function* addresses(): Generator<string> {
  for (let number = Deno.pid; number < Deno.pid + 50; number++) {
    yield `127.${1 + number % 9}.${Math.floor(number / 9) % 10}.${1 + Math.floor(number / 90) % 9}`;
  }
  // The only address that every system has.
  yield "127.0.0.1";
}

async function startServers(): Promise<Awaited<ReturnType<typeof startExampleServers>>> {
  let failure: unknown;
  for (const address of addresses()) {
    try {
      return await startExampleServers(address);
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

async function runPage(page: Page, address: string): Promise<CommandOutcome[]> {
  using folder = new TestFolder();
  Deno.chdir(folder.path);
  for (const name of ["ca.pem", "client.pem", "client.key"]) {
    await Deno.copyFile(fromFileUrl(`tests/fixtures/${name}`), name);
  }
  for (const { lines } of page.blocks) {
    const name = /^(?:\/\/|#) (\S+\.\w+)$/.exec(lines[0] ?? "")?.[1];
    if (name !== undefined) {
      const text = toModules(lines.join("\n").replaceAll("127.0.0.1", address));
      await Deno.writeTextFile(name, text + "\n");
    }
  }
  const shell = new PageShell(address);
  const outcomes: CommandOutcome[] = [];
  for (const command of listCommands(page)) {
    if (whyNotRun(command.text) === undefined) outcomes.push(await shell.run(command));
  }
  return outcomes;
}

/** Runs the commands of the named pages, or of all pages without names. */
export async function runPages(names: readonly string[]): Promise<CommandOutcome[]> {
  await using servers = await startServers();
  const outcomes: CommandOutcome[] = [];
  for (const page of readPages()) {
    if (names.length === 0 || names.includes(page.path)) {
      outcomes.push(...await runPage(page, servers.address));
    }
  }
  return outcomes;
}

if (import.meta.main) console.log(JSON.stringify(await runPages(Deno.args)));
