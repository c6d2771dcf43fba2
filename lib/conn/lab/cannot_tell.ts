/** Thrown by an experiment that cannot conclude anything: its outcome becomes `unknown`, with the message as the reason. */
export class CannotTell extends Error {
  /** For error messages. */
  override readonly name: string = "CannotTell";
}

/** Thrown when connections fared differently after the same request: a single one of them would tell half of the truth. */
export class Unsteady extends CannotTell {
  override readonly name = "Unsteady";
}
