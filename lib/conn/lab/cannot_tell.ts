/** Thrown by an experiment without a conclusion: its outcome becomes `unknown`, with the message as the reason. */
export class CannotTell extends Error {
  /** For error messages. */
  override readonly name: string = "CannotTell";
}

/**
 * Thrown when connections gave different results for the same request: reporting one of them would tell half of the
 * truth.
 */
export class Unsteady extends CannotTell {
  override readonly name = "Unsteady";
}
