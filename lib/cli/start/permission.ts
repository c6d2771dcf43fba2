/**
 * Permissions of Deno, and the flags that grant them.
 *
 * @module
 */

/** A permission and its reason. */
export interface Permission {
  readonly access: "net" | "read" | "write" | "env" | "run" | "sys" | "import";
  /** The host, path, variable or program; absent if only the whole permission will do. */
  readonly value?: string | undefined;
  /** The check, receiver or file that needs it. */
  readonly reason: string;
}

/** A permission with all its reasons. */
export interface NeededPermission extends Omit<Permission, "reason"> {
  readonly reasons: readonly string[];
  readonly granted: boolean;
}

/** The kinds of permissions, in the order of their flags in a command. */
export const ACCESSES: readonly Permission["access"][] = [
  "net",
  "read",
  "write",
  "env",
  "run",
  "sys",
  "import",
];

/** Joins permissions that are the same, and looks up which of them this process has. */
export function joinPermissions(permissions: readonly Permission[]): NeededPermission[] {
  const groups = Map.groupBy(permissions, ({ access, value }) => `${access}=${value ?? ""}`);
  return sortPermissions([...groups.values()].map(([first, ...more]) => ({
    access: first!.access,
    value: first!.value,
    reasons: [...new Set([first!, ...more].map(({ reason }) => reason))],
    granted: isGranted(first!),
  })));
}

/** Tells if this process has a permission. */
export function isGranted({ access, value }: Pick<Permission, "access" | "value">): boolean {
  // No descriptor asks for imports; a module that may not be imported does not load.
  if (access === "import") return true;
  try {
    return Deno.permissions.querySync(descriptorOf(access, value)).state === "granted";
  } catch {
    return false; // Deno does not accept the value, so no flag can have named it.
  }
}

function descriptorOf(
  access: Exclude<Permission["access"], "import">,
  value: string | undefined,
): Deno.PermissionDescriptor {
  switch (access) {
    case "net":
      return value === undefined ? { name: access } : { name: access, host: value };
    case "read":
    case "write":
      return value === undefined ? { name: access } : { name: access, path: value };
    case "env":
      return value === undefined ? { name: access } : { name: access, variable: value };
    case "run":
      return value === undefined ? { name: access } : { name: access, command: value };
    case "sys":
      return value === undefined ? { name: access } : { name: access, kind: value as "hostname" };
  }
}

/** Formats the flag of a permission, as in `--allow-net=example.com:443`. */
export function formatFlag({ access, value }: Pick<Permission, "access" | "value">): string {
  return isNameable(value) ? `--allow-${access}=${value}` : `--allow-${access}`;
}

/** Reads a flag that {@linkcode formatFlag} wrote; `undefined` for any other text. */
export function parseFlag(flag: string): Pick<Permission, "access" | "value"> | undefined {
  const [, name, value] = /^--allow-([a-z]+)(?:=([^]+))?$/.exec(flag) ?? [];
  const access = ACCESSES.find((it) => it === name);
  return access && { access, value };
}

/** Formats one flag for each kind of permission, with all values. */
export function formatFlags(permissions: readonly Pick<Permission, "access" | "value">[]): string[] {
  const kinds = Map.groupBy(permissions, ({ access }) => access);
  return [...kinds].map(([access, all]) => {
    const values = all.map(({ value }) => value).filter(isNameable);
    return values.length < all.length
      ? `--allow-${access}`
      : `--allow-${access}=${[...new Set(values)].join(",")}`;
  });
}

/** Sorts permissions by the order of their flags in a command. */
export function sortPermissions<P extends Pick<Permission, "access">>(permissions: readonly P[]): P[] {
  return permissions.toSorted((a, b) => ACCESSES.indexOf(a.access) - ACCESSES.indexOf(b.access));
}

/** Tells if a flag can name a value: a comma would end it. */
function isNameable(value: string | undefined): value is string {
  return value !== undefined && !value.includes(",");
}
