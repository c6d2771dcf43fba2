/**
 * Finds the files that flags name to be read.
 *
 * @module
 */

/** Flags whose value is a file to read. */
const READ = {
  cacert: "--cacert",
  cert: "--cert",
  key: "--key",
  rawRequest: "--raw-request",
  sendFile: "--send-file",
};

/** A file, and the flag that names it. */
export interface InputFile {
  /** The file as the user wrote it. */
  readonly path: string;
  /** The flag that names it, as in `--data`. */
  readonly flag: string;
}

/** The flags that may name files to read. */
export interface InputFlags {
  readonly data?: readonly string[] | undefined;
  readonly [flag: string]: unknown;
}

/** Lists the files that flags of any command name to be read. stdin does not count. */
export function inputFiles(flags: InputFlags): InputFile[] {
  const { data = [] } = flags;
  const named = Object.entries(READ).map(([name, flag]) => ({ path: flags[name], flag }));
  const contents = data.filter((text) => text.startsWith("@")).map((text) => ({
    path: text.slice(1),
    flag: "--data",
  }));
  return [...named, ...contents].filter((file): file is InputFile =>
    typeof file.path === "string" && file.path !== "" && file.path !== "-"
  );
}
