/**
 * Flags of other programs that only one command can be asked for, each with its equivalent.
 *
 * @module
 */

const PORT = "write the port after the host, HOST:PORT";
const INTERVAL = 'write it into the task file, as in "interval": "30s"';
const TASK_FILE = "write the task file alone, as in sonde watch checks.json";
const FOREGROUND = "sonde watch runs in the foreground; a service manager such as systemd starts it";
const PERIOD = "write --from 30d for the last thirty days";

/** Keyed by the command, and by the flag as it is typed. */
export const FLAGS_ELSEWHERE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  raw: {
    "-p": PORT,
    "--port": PORT,
    "-connect": "write HOST:PORT alone, and --tls",
    "-v": "--wire shows every octet as it comes",
    "-u": "sonde speaks TCP only",
    "-l": "sonde connects, and listens on no port",
    "-z": "write --send '' -w 0.1s, which connects and sends nothing",
    "-d": "write --send TEXT, or --send-file FILE",
    "--data": "write --send TEXT, or --send-file FILE",
  },
  get: {
    "-P": "write -o FOLDER/FILE",
    "--md5": "sonde computes SHA-256: write --sha256 HEX",
    "--checksum": "write --sha256 HEX",
  },
  watch: {
    "-i": INTERVAL,
    "-n": INTERVAL,
    "--interval": INTERVAL,
    "--config": TASK_FILE,
    "--file": TASK_FILE,
    "-f": TASK_FILE,
    "--config.file": TASK_FILE,
    "--daemon": FOREGROUND,
    "-d": FOREGROUND,
    "--background": FOREGROUND,
    "--web.listen-address": "sonde serves no pages: --once --format prom -o FILE writes a textfile",
  },
  report: {
    "--days": PERIOD,
    "-d": PERIOD,
    "--month": PERIOD,
  },
};
