/**
 * Flags of other programs that only one command can be asked for, each with its equivalent.
 *
 * @module
 */

const PORT = "write the port after the host, HOST:PORT";
const INTERVAL = 'write it into the task file, as in "interval": "30s"';
const TASK_FILE = "write the task file alone, as in sonde watch checks.json";
const FOREGROUND = "sonde watch runs in the foreground; a service manager such as systemd starts it";
const LIST = "write the list alone, as in sonde batch hosts.txt";
const FAILED = "write --only failed";
const SUMMARY = "the summary is on stderr: 2> /dev/null hides it, and > FILE leaves it out";
const SORTED = "the page of --format html sorts by each column";
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
  probe: {
    "--fast": "write --interval TIME",
    "--flood": "write --interval TIME",
  },
  batch: {
    "-f": LIST,
    "-i": `${LIST}; --rate N/s sets the pace`,
    "-l": LIST,
    "--list": LIST,
    "--file": LIST,
    "--input": LIST,
    "--targets": LIST,
    "--hosts": LIST,
    "-v": "save the rows with --json -o FILE, and write sonde show -v FILE",
    "--verbose": "save the rows with --json -o FILE, and write sonde show -v FILE",
    "--fast": "write --rate N/s",
    "--failed": FAILED,
    "--failures": FAILED,
    "--only-failed": FAILED,
    "--summary": SUMMARY,
    "--no-summary": SUMMARY,
    "--sort": SORTED,
  },
  show: {
    "--failed": FAILED,
    "--failures": FAILED,
    "--only-failed": FAILED,
    "--sort": SORTED,
  },
  conn: {
    "--fast": "write --only LIST, which runs fewer experiments",
    "--quick": "write --only LIST, which runs fewer experiments",
    "--list": "sonde conn --help lists the experiments",
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
    "--check": "write --only NAME",
    "--name": "write --only NAME",
    "--tag": "write --only TAG",
  },
};
