/**
 * Checks the limits that a caller gives before anything is sent.
 *
 * @module
 */

/** Limits: times in milliseconds, sizes in octets. */
export interface GivenLimits {
  readonly maxTime?: number | undefined;
  readonly connectTimeout?: number | undefined;
  readonly firstByteTimeout?: number | undefined;
  readonly silenceTimeout?: number | undefined;
  readonly maxBody?: number | undefined;
  readonly maxReceived?: number | undefined;
  readonly lostTimeAllowance?: number | undefined;
}

const TIMES = ["maxTime", "connectTimeout", "firstByteTimeout", "silenceTimeout"] as const;
const SIZES = ["maxBody", "maxReceived"] as const;

/**
 * Refuses values that would make every probe fail, or that limit nothing.
 *
 * @throws {RangeError} If a time is not above 0, a size is below 0, or the allowance is below 1; `NaN` is always
 * refused
 */
export function checkLimits(limits: GivenLimits): void {
  for (const name of TIMES) {
    const time = limits[name];
    if (time === undefined || (typeof time === "number" && time > 0)) continue;
    throw new RangeError(`Cannot use ${name} ${time}: it is a time in milliseconds, above 0`);
  }
  const { lostTimeAllowance = 1 } = limits;
  if (!(typeof lostTimeAllowance === "number" && lostTimeAllowance >= 1)) {
    throw new RangeError(
      `Cannot use lostTimeAllowance ${lostTimeAllowance}: it is how often a limit may be added to itself, from 1 on`,
    );
  }
  for (const name of SIZES) {
    const size = limits[name];
    if (size === undefined || (typeof size === "number" && size >= 0)) continue;
    throw new RangeError(`Cannot use ${name} ${size}: it is a number of octets, from 0 on`);
  }
}
