/**
 * Tells what a test with a real server would miss here: the program, or a module that its configuration loads.
 *
 * @module
 */

import { findProgram, type RealServerKind } from "./_server.ts";

/**
 * Names what is missing, as a part of the name of a test.
 *
 * @param program Path of the program; `undefined` if there is none
 */
export function missingPart(
  kind: RealServerKind,
  program: string | undefined = findProgram(kind),
): string | undefined {
  if (program === undefined) return `${kind.program} is not installed`;
  const lacking = kind.lacks?.(program);
  return lacking && `${kind.program} is installed without ${lacking}`;
}

/** What a program prints, to stdout and stderr together. */
export function printedBy(program: string, ...args: string[]): string {
  const { stdout, stderr } = new Deno.Command(program, { args, stdin: "null" }).outputSync();
  return new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
}

/** nginx and HAProxy tell with what they were built. */
export function lacksBuilt(
  option: string,
  args: string,
  name: string,
): (program: string) => string | undefined {
  return (program) => printedBy(program, args).includes(option) ? undefined : name;
}

/** lighttpd loads its modules when it looks at a configuration. */
export function lacksLighttpdModule(modules: readonly string[]): (program: string) => string | undefined {
  return (program) => {
    const config = Deno.makeTempFileSync({ prefix: "sonde-lighttpd-" });
    try {
      return modules.find((name) => {
        Deno.writeTextFileSync(config, `server.document-root = "/"\nserver.modules = ("${name}")\n`);
        return printedBy(program, "-tt", "-f", config).includes(name);
      });
    } finally {
      Deno.removeSync(config);
    }
  };
}
