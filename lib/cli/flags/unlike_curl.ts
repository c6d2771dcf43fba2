/**
 * What curl means by letters and names that mean something else here, and what to write for it.
 *
 * @module
 */

/** By the long name of the flag here. The help of each command shows those of its flags. */
export const UNLIKE_CURL = {
  concurrency: "curl's -c keeps cookies: write -H 'Cookie: NAME=VALUE'",
  count: "curl's -n reads .netrc: write -u NAME:PASSWORD",
  expect: "curl's -e is the Referer: write -H 'Referer: URL'",
  interval: "curl's -i shows the head: it is always shown here",
  json: "curl's --json sends JSON: write -d DATA -H 'Content-Type: application/json'",
  output: "curl's -o takes the content: write sonde get -o FILE",
  quiet: "curl's -q passes over its settings: there are none here",
  resume: "curl's -C takes an offset: here the part that is there tells it",
} as const;
