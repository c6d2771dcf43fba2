/** The version of sonde, the same as in `deno.json`, which a module imported by URL cannot read. */
export const VERSION = "0.1.0";
