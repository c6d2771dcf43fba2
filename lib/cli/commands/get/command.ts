/**
 * `sonde get URL`: downloads the content of a URL to a file or to stdout.
 *
 * @module
 */

import { download } from "../../../download/download.ts";
import type { DownloadOptions } from "../../../download/download_options.ts";
import type { DownloadResult } from "../../../download/download_result.ts";
import type { Target } from "../../../target/target.ts";
import { ExitCode, ExitTally } from "../../exit_code.ts";
import type { GetFlags } from "./flags.ts";
import type { ParsedFlags } from "../../flags/parse_flags.ts";
import { DownloadBar } from "./progress.ts";
import { formatDownload, formatDownloadLine } from "./view.ts";
import type { CommandIo } from "../../io.ts";
import { OctetOutput } from "../../output/octet_output.ts";
import { type FormatSize, loadFormatSize } from "../../output/sizes.ts";
import { ProgressLine } from "../../output/progress_line.ts";
import { refuseFlagFiles } from "../../output/refuse_own_input.ts";
import { openWireLog } from "../../output/wire_log.ts";
import { readTargetOperands } from "../../operands.ts";
import { readProbeOptions } from "../../probe_options.ts";
import { missingOperand, parseUsage, UsageError } from "../../usage_error.ts";

/**
 * Downloads the URL among the arguments.
 *
 * @returns The exit code.
 * @throws {UsageError} If there is not exactly one URL, or flags contradict each other.
 * @throws {LocalFault} If stdout or the file of `--wire` cannot be written.
 */
export async function runGet(args: ParsedFlags<GetFlags>, io: CommandIo): Promise<number> {
  const { flags, operands } = args;
  const [url, ...more] = operands;
  if (url === undefined) {
    throw missingOperand("Cannot download: no URL was given", args, "get -O https://example.com/a.zip");
  }
  if (url === "-" && flags.resume) {
    throw new UsageError("Cannot resume at -: write -C alone, which continues where an earlier run stopped");
  }
  if (more.length > 0) throw new UsageError(`Cannot download ${more[0]} as well: write one URL only`);
  const toFile = flags.output !== undefined || flags.remoteName;
  if (!toFile) refuseFileFlags(flags);
  const [target] = await readTargetOperands([url], io, {
    knownHosts: flags.resolve.map(({ host }) => host),
    quiet: flags.quiet,
  });
  await refuseFlagFiles(flags);
  await using wire = await openWireLog(flags.wire, io);
  const formatSize = await loadFormatSize({ terminal: io.stderr.terminal || io.stdout.terminal });
  const octets = toFile ? undefined : new OctetOutput(Deno.stdout);
  const stop = new AbortController();
  const columns = (): number => io.widthOf(io.stderr);
  const bar = showsBar(flags, io) ? new DownloadBar({ formatSize, columns, now: io.now }) : undefined;
  await using line = bar && new ProgressLine(io.status, bar);
  const options: DownloadOptions = {
    ...await readDownloadOptions(flags, io),
    onWire: wire?.take,
    onBody: octets && ((data: Uint8Array) => pass(data, octets, stop)),
    signal: AbortSignal.any([io.signal, stop.signal]),
    onProgress: bar?.take,
  };
  const result = await checkedDownload(target!, options);
  await octets?.end();
  await line?.end();
  // The reader of stdout has gone away.
  if (octets?.broken) return io.signal.aborted ? ExitCode.interrupted : ExitCode.ok;
  await report(result, flags, io, { toFile, formatSize });
  const tally = new ExitTally(io.missing);
  tally.add(result);
  return tally.code(io.signal.aborted);
}

function refuseFileFlags({ resume, force, json }: GetFlags): void {
  if (resume || force) {
    throw new UsageError(`--${resume ? "resume" : "force"} needs a file: add -o FILE or -O`);
  }
  if (json) throw new UsageError("--json needs a file for the content: add -o FILE or -O");
}

/** Tells whether to show a progress bar. There is none if the content goes to the same terminal. */
function showsBar({ quiet, progress, output, remoteName }: GetFlags, { stderr, stdout }: CommandIo): boolean {
  const sameTerminal = output === undefined && !remoteName && stdout.terminal;
  return stderr.terminal && !quiet && progress === "auto" && !sameTerminal;
}

async function pass(data: Uint8Array, octets: OctetOutput, stop: AbortController): Promise<void> {
  await octets.write(data);
  if (octets.broken) stop.abort();
}

async function readDownloadOptions(flags: GetFlags, io: CommandIo): Promise<DownloadOptions> {
  const { output, resume, force, sha256, stallTimeout, maxTime = Infinity, maxBody = Infinity } = flags;
  return {
    ...await readProbeOptions(flags, io),
    maxTime,
    maxBody,
    file: output,
    resume,
    overwrite: force,
    expectedSha256: sha256,
    stallTimeout,
  };
}

/**
 * Downloads the content. If the request cannot be composed, this throws a usage error before anything is
 * sent.
 */
async function checkedDownload(
  target: Target,
  options: DownloadOptions,
): Promise<DownloadResult> {
  try {
    return await download(target, options);
  } catch (error) {
    return parseUsage(() => {
      throw error;
    });
  }
}

async function report(
  result: DownloadResult,
  flags: GetFlags,
  io: CommandIo,
  { toFile, formatSize }: { readonly toFile: boolean; readonly formatSize: FormatSize },
): Promise<void> {
  const { quiet, json } = flags;
  if (json) {
    const { formatJsonLine } = await import("../../../text/json_line.ts");
    await io.stdout.write(`${formatJsonLine(result)}\n`);
    return;
  }
  if (quiet) return;
  if (!toFile) {
    // The content went to stdout.
    await io.stderr.write(
      `${formatDownloadLine(result, formatSize, io.stderr.terminal ? io.widthOf(io.stderr) : Infinity)}\n`,
    );
    return;
  }
  const view = { width: io.width, paint: await io.paintFor(io.stdout), verbose: false };
  await io.stdout.write(`${formatDownload(result, view, formatSize)}\n`);
}
