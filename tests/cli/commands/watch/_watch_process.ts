const CLI = new URL("../../../../cli.ts", import.meta.url).pathname;

/** A line of its output. */
export interface Event {
  readonly type: "run" | "change";
  readonly check: string;
  readonly verdict?: string;
  readonly cause?: string | null;
  readonly kind?: string;
}

/** `sonde watch --json` as a process, with its events one by one. */
export class WatchProcess implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #lines: ReadableStreamDefaultReader<string>;
  #rest = "";

  constructor(...args: string[]) {
    this.#child = new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-prompt", "-A", CLI, "watch", "--json", ...args],
      stdout: "piped",
      stderr: "null",
      signal: AbortSignal.timeout(300_000),
    }).spawn();
    this.#lines = this.#child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  }

  /** Reads until an event that fulfils a condition. */
  async until(wanted: (event: Event) => boolean): Promise<Event> {
    while (true) {
      const end = this.#rest.indexOf("\n");
      if (end === -1) {
        const { value, done } = await this.#lines.read();
        if (done) throw new Error("The watch ended");
        this.#rest += value;
        continue;
      }
      const event = JSON.parse(this.#rest.slice(0, end)) as Event;
      this.#rest = this.#rest.slice(end + 1);
      if (wanted(event)) return event;
    }
  }

  signal(signal: Deno.Signal): void {
    this.#child.kill(signal);
  }

  async end(signal: Deno.Signal): Promise<number> {
    this.signal(signal);
    await this.#lines.cancel();
    return (await this.#child.status).code;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#lines.cancel();
    try {
      this.#child.kill("SIGKILL");
    } catch {
      // It ended by itself.
    }
    await this.#child.status;
  }
}
