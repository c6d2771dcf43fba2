import { assertEquals } from "@std/assert";
import { LocalFault } from "../../lib/cli/local_fault.ts";
import { formatRunError } from "../../lib/cli/run_error.ts";
import { FlagOfOtherCommandError, MisplacedFlagError, UsageError } from "../../lib/cli/usage_error.ts";
import { testRows } from "../_test_rows.ts";

testRows<[error: Error, width: number | undefined, text: string]>(
  "formatRunError() breaks a message between words, and only for a terminal",
  [
    [
      new UsageError("Unknown flag --jsno: the nearest one is --json"),
      undefined,
      "sonde: Unknown flag --jsno: the nearest one is --json\nTry sonde --help\n",
    ],
    [
      new UsageError("Unknown flag --jsno: the nearest one is --json"),
      40,
      "sonde: Unknown flag --jsno: the nearest\n  one is --json\nTry sonde --help\n",
    ],
    [
      new FlagOfOtherCommandError("Unknown flag -O: it belongs to sonde get, not to sonde URL", "get"),
      undefined,
      "sonde: Unknown flag -O: it belongs to sonde get, not to sonde URL\nTry sonde get --help\n",
    ],
    [
      new MisplacedFlagError(["--allow-read"]),
      undefined,
      "sonde: Cannot take --allow-read here: flags of Deno go before the script\n",
    ],
    [
      new LocalFault("Cannot read a\x1b: there is no such file"),
      30,
      "sonde: Cannot read a\\x1b:\n  there is no such file\n",
    ],
  ],
  ([error, width, text]) => {
    assertEquals(formatRunError(error, { width }).text, text);
  },
);
