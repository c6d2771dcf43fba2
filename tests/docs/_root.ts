/** Gives the path of a file of the repository. */
export function fromFileUrl(path: string): string {
  return new URL(`../../${path}`, import.meta.url).pathname;
}
