/** Thrown inside an experiment when nothing can be concluded; it becomes the outcome `unknown`. */
export class CannotTell extends Error {
  override readonly name = "CannotTell";
}
