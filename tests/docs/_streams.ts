/** The input and output of a program of a page. */
export interface Streams {
  /** Text on stdin. */
  readonly stdin: string;
  /** Called with each text on stdout. */
  readonly onStdout: (text: string) => void;
  readonly onStderr: (text: string) => void;
}
