/**
 * Redirects the standard streams of this process.
 *
 * @module
 */

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** The input and output of a program that runs in this process. */
export interface Streams {
  /** Text on stdin. */
  readonly stdin: string;
  /** Called with each text on stdout. */
  readonly onStdout: (text: string) => void;
  readonly onStderr: (text: string) => void;
}

/** Redirects stdin, stdout and stderr of this process while a function runs. */
export async function withStreams<T>(streams: Streams, work: () => Promise<T>): Promise<T> {
  const { stdin, onStdout, onStderr } = streams;
  using _stdout = capture(Deno.stdout, onStdout);
  using _stderr = capture(Deno.stderr, onStderr);
  using _stdin = replace(Deno.stdin, "readable", {
    get: () => ReadableStream.from(stdin === "" ? [] : [encoder.encode(stdin)]),
  });
  return await work();
}

function capture(stream: typeof Deno.stdout, take: (text: string) => void): Disposable {
  const writeSync = (bytes: Uint8Array): number => {
    take(decoder.decode(bytes));
    return bytes.length;
  };
  const disposables = new DisposableStack();
  disposables.use(replace(stream, "writeSync", { value: writeSync }));
  disposables.use(
    replace(stream, "write", { value: (bytes: Uint8Array) => Promise.resolve(writeSync(bytes)) }),
  );
  return disposables;
}

function replace(object: object, name: string, by: PropertyDescriptor): Disposable {
  const before = Object.getOwnPropertyDescriptor(object, name);
  Object.defineProperty(object, name, { ...by, configurable: true });
  return {
    [Symbol.dispose]: () => {
      if (before) Object.defineProperty(object, name, before);
      else Reflect.deleteProperty(object, name);
    },
  };
}
