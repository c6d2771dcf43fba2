// The signature of @std/cli 1, for the options that this repository uses.

export function parseArgs<
  const Text extends string = never,
  const Switch extends string = never,
  const List extends string = never,
  const Defaults extends object = Record<never, never>,
>(
  args: readonly string[],
  options?: {
    /** Flags whose values are text; "_" keeps numeric operands as text. */
    readonly string?: readonly Text[];
    readonly boolean?: readonly Switch[];
    /** Flags of `string` that may be repeated. */
    readonly collect?: readonly List[];
    readonly alias?: Readonly<Record<string, string>>;
    readonly default?: Defaults;
    /** Called with each flag that no other option names (`key` is its name), and with each operand. */
    readonly unknown?: (arg: string, key?: string) => unknown;
  },
):
  & { readonly _: readonly string[] }
  & {
    readonly [Name in Exclude<Text, List | "_">]: Name extends keyof Defaults ? string : string | undefined;
  }
  & { readonly [Name in Switch]: boolean }
  & { readonly [Name in List]: readonly string[] };
