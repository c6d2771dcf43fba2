/** A service whose state a test can change. */
export class Service implements AsyncDisposable {
  status = 200;
  requests = 0;
  #onRequest = (): void => {};
  readonly #server: Deno.HttpServer<Deno.NetAddr>;

  constructor() {
    this.#server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
      this.requests++;
      this.#onRequest();
      const { headers } = request;
      // The server repeats secrets at the places where texts are cut.
      const echo = `${"x".repeat(180)}${headers.get("x-key") ?? ""} ${headers.get("authorization") ?? ""}`;
      return new Response("hi", { status: this.status, headers: { Echo: echo } });
    });
  }

  /** Waits until the service has received a number of requests. */
  async requested(count: number): Promise<void> {
    while (this.requests < count) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#onRequest = resolve;
      await promise;
    }
  }

  get url(): string {
    return `http://127.0.0.1:${this.#server.addr.port}/`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }
}
