/**
 * A headless Chromium, spoken to over its DevTools protocol.
 *
 * @module
 */

/** Path of the program; `undefined` if it is not installed. */
export const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find((path) => {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false; // Not installed there.
  }
});

interface Reply {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly request?: { readonly url: string } };
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly message: string };
}

/** One page in a browser of its own. */
export class Chromium implements AsyncDisposable {
  /** Every URL that the page asked for. */
  readonly requested: string[] = [];
  readonly #child: Deno.ChildProcess;
  readonly #folder: string;
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, PromiseWithResolvers<Record<string, unknown>>>();
  #loaded = Promise.withResolvers<void>();
  #session: string | undefined;
  #id = 0;

  private constructor(child: Deno.ChildProcess, folder: string, socket: WebSocket) {
    this.#child = child;
    this.#folder = folder;
    this.#socket = socket;
    socket.addEventListener("message", ({ data }) => this.#take(JSON.parse(String(data)) as Reply));
  }

  /** Starts the program at `path`. */
  static async start(path: string): Promise<Chromium> {
    const folder = await Deno.makeTempDir({ prefix: "sonde-" });
    const child = new Deno.Command(path, {
      args: [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--remote-debugging-port=0",
        `--user-data-dir=${folder}`,
        "about:blank",
      ],
      stdout: "null",
      stderr: "piped",
      signal: AbortSignal.timeout(300_000),
    }).spawn();
    const socket = new WebSocket(await readAddress(child.stderr));
    const opened = Promise.withResolvers<void>();
    socket.addEventListener("open", () => opened.resolve());
    socket.addEventListener("error", () => opened.reject(new Error("Cannot speak to Chromium")));
    await opened.promise;
    const browser = new Chromium(child, folder, socket);
    const { targetId } = await browser.#send("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await browser.#send("Target.attachToTarget", { targetId, flatten: true });
    browser.#session = String(sessionId);
    await browser.#send("Page.enable");
    await browser.#send("Network.enable");
    return browser;
  }

  /** Loads a page at a width, in light or dark, for a reader in a time zone, with or without script. */
  async open(url: string, options: {
    readonly width: number;
    readonly dark: boolean;
    readonly zone?: string;
    readonly script?: boolean;
  }): Promise<void> {
    const { width, dark, zone = "UTC", script = true } = options;
    await this.#send("Emulation.setTimezoneOverride", { timezoneId: zone });
    await this.#send("Emulation.setScriptExecutionDisabled", { value: !script });
    const metrics = { width, height: 900, deviceScaleFactor: 1, mobile: width < 600 };
    await this.#send("Emulation.setDeviceMetricsOverride", metrics);
    const features = [{ name: "prefers-color-scheme", value: dark ? "dark" : "light" }];
    await this.#send("Emulation.setEmulatedMedia", { features });
    this.#loaded = Promise.withResolvers<void>();
    await this.#send("Page.navigate", { url });
    await this.#loaded.promise;
  }

  /** The value of an expression in the page; of a promise, the value to which it settles. */
  async evaluate(expression: string): Promise<unknown> {
    const { result } = await this.#send("Runtime.evaluate", {
      expression,
      returnByValue: true,
      awaitPromise: true,
    });
    return (result as { value?: unknown }).value;
  }

  async #send(method: string, params: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
    const id = ++this.#id;
    const reply = Promise.withResolvers<Record<string, unknown>>();
    this.#waiting.set(id, reply);
    this.#socket.send(
      JSON.stringify({ id, method, params, ...(this.#session && { sessionId: this.#session }) }),
    );
    return await reply.promise;
  }

  #take({ id, method, params, result, error }: Reply): void {
    if (method === "Page.loadEventFired") this.#loaded.resolve();
    if (method === "Network.requestWillBeSent") this.requested.push(params?.request?.url ?? "");
    const waiting = id === undefined ? undefined : this.#waiting.get(id);
    if (error) waiting?.reject(new Error(error.message));
    else waiting?.resolve(result ?? {});
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = Promise.withResolvers<void>();
    this.#socket.addEventListener("close", () => closed.resolve());
    this.#socket.close();
    await closed.promise;
    this.#child.kill("SIGKILL");
    await this.#child.stderr.cancel();
    await this.#child.status;
    await removeFolder(this.#folder);
  }
}

/** The children of the browser end a moment after it, and may write until then. */
async function removeFolder(folder: string): Promise<void> {
  for (let tries = 0; tries < 50; tries++) {
    try {
      return await Deno.remove(folder, { recursive: true });
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  await Deno.remove(folder, { recursive: true });
}

/** Waits for the line that says where the browser listens. */
async function readAddress(stderr: ReadableStream<Uint8Array>): Promise<string> {
  const reader = stderr.getReader();
  const decoder = new TextDecoder();
  let text = "";
  try {
    while (true) {
      const { value, done } = await reader.read();
      if (done) throw new Error(`Chromium ended: ${text}`);
      text += decoder.decode(value, { stream: true });
      const address = /DevTools listening on (ws:\S+)/.exec(text)?.[1];
      if (address !== undefined) return address;
    }
  } finally {
    reader.releaseLock();
  }
}
