/**
 * Tests whether data from a file has the form that sonde's formatters rely on.
 *
 * @module
 */

/** The first place at which a value has another form. */
export interface Misfit {
  /** Path of the place, as in `.timings.total`; empty for the value itself. */
  readonly path: string;
  /** The cause, worded to follow the path: `is missing`, `is not a number`. */
  readonly cause: string;
}

/** Tests a value, and gives the first misfit. A shape with defaults adds them to the value. */
export type Shape = (value: unknown) => Misfit | undefined;

function simple(test: (value: unknown) => boolean, cause: string): Shape {
  const misfit = { path: "", cause };
  return (value) => test(value) ? undefined : misfit;
}

/** A text. */
export const text: Shape = simple((value) => typeof value === "string", "is not a text");
/** A number. */
export const number: Shape = simple((value) => typeof value === "number", "is not a number");
/** A duration in milliseconds. */
export const duration: Shape = simple(
  (value) => typeof value === "number" && value >= 0,
  "is not a duration",
);
/** A switch. */
export const flag: Shape = simple((value) => typeof value === "boolean", "is neither true nor false");
/** Any value. */
export const anything: Shape = () => undefined;
/** No value: the form of the elements of a list that is always empty. */
export const nothing: Shape = simple(() => false, "is one too many");

/** One of some texts: formatters know no other. */
export function oneOf(...texts: readonly string[]): Shape {
  return (value) => {
    if (typeof value === "string" && texts.includes(value)) return undefined;
    return { path: "", cause: `is ${JSON.stringify(value)}, which this version of sonde does not know` };
  };
}

/** A value of another shape, or `null`. */
export function nullable(shape: Shape): Shape {
  return (value) => value === null ? undefined : shape(value);
}

/** A list of values. */
export function listOf(shape: Shape): Shape {
  return (value) => {
    if (!Array.isArray(value)) return { path: "", cause: "is not a list" };
    for (let index = 0; index < value.length; index++) {
      const misfit = shape(value[index]);
      if (misfit) return { ...misfit, path: `[${index}]${misfit.path}` };
    }
    return undefined;
  };
}

/** A name and a value, as header fields are kept. */
export const pair: Shape = simple(
  (value) => Array.isArray(value) && value.length === 2 && value.every((it) => typeof it === "string"),
  "is not a pair of texts",
);

/** The properties of an object. Any others are allowed: a newer version may write them. */
export interface Properties {
  readonly required?: Readonly<Record<string, Shape>>;
  readonly optional?: Readonly<Record<string, Shape>>;
  /** Properties that get a value if they are absent: older versions do not write them. */
  readonly defaults?: Readonly<Record<string, readonly [shape: Shape, make: () => unknown]>>;
}

/** An object with some properties. */
export function objectOf({ required = {}, optional = {}, defaults = {} }: Properties): Shape {
  const all = [
    ...Object.entries(required).map(([name, shape]) => ({ name, shape, isRequired: true })),
    ...Object.entries(optional).map(([name, shape]) => ({ name, shape, isRequired: false })),
    ...Object.entries(defaults).map(([name, [shape]]) => ({ name, shape, isRequired: false })),
  ];
  const makers = Object.entries(defaults);
  return (value) => {
    if (!isRecord(value)) return { path: "", cause: "is not an object" };
    for (const [name, [, make]] of makers) value[name] ??= make();
    for (const { name, shape, isRequired } of all) {
      const inner = value[name];
      if (inner === undefined && !isRequired) continue;
      const misfit = inner === undefined ? { path: "", cause: "is missing" } : shape(inner);
      if (misfit) return { ...misfit, path: `.${name}${misfit.path}` };
    }
    return undefined;
  };
}

/** An object with any names and values of one shape. */
export function recordOf(shape: Shape): Shape {
  return (value) => {
    if (!isRecord(value)) return { path: "", cause: "is not an object" };
    for (const name of Object.keys(value)) {
      const misfit = shape(value[name]);
      if (misfit) return { ...misfit, path: `.${name}${misfit.path}` };
    }
    return undefined;
  };
}

/** Tells whether a value is an object with properties. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
