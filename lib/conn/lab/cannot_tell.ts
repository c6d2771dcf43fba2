/** Thrown inside an experiment when nothing can be concluded; it becomes the outcome `unknown`. */
export class CannotTell extends Error {
  override readonly name: string = "CannotTell";
}

/** Thrown when connections fared differently after the same request: a single one of them would tell half of the truth. */
export class Unsteady extends CannotTell {
  override readonly name = "Unsteady";
}
