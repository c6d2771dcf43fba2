import type { DeviationCode } from "../../lib/http/deviation.ts";
import { type Fault, REQUEST, says, STALL, type Verdict } from "./_fault.ts";

function to(location: string): string {
  return `HTTP/1.1 302 Found\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`;
}

const REFUSED: Verdict = { error: "redirect head target", status: 302, end: "us open" };

function redirects(does: string, ...locations: string[]): Fault {
  return {
    does,
    peer: locations.map((location) => [REQUEST, { send: to(location) }, STALL]),
    verdict: REFUSED,
  };
}

/** Redirects that lead nowhere; three are followed. */
export const REDIRECT_FAULTS: readonly Fault[] = [
  redirects("redirects to itself", "/"),
  redirects("redirects in a circle", "/a", "/b", "/"),
  redirects("redirects again and again", "/a", "/b", "/c", "/d", "/e"),
  redirects("redirects to file:", "file:///etc/passwd"),
  redirects("redirects to data:", "data:text/html,hi"),
  redirects("redirects to javascript:", "javascript:alert(1)"),
  redirects("redirects to something that is no URL", "http://[/"),
  redirects("redirects to two places", "/a\r\nLocation: /b"),
  {
    ...redirects("redirects to a port where nobody is", "http://127.0.0.1:1/"),
    conn: "lie left-open",
    verdict: { error: "refused connect target" },
  },
];

function hostile(does: string, head: string, verdict: Verdict = { status: 200, end: "us open" }): Fault {
  return { does, peer: says(`HTTP/1.1 200 ${head}\r\nContent-Length: 2\r\n\r\nhi`), verdict };
}

function withCode(code: DeviationCode): Verdict {
  return { status: 200, deviations: [code], end: "us open" };
}

/** Content that is meant for the terminal, the spreadsheet or the browser of the person who reads the result. */
export const HOSTILE_FAULTS: readonly Fault[] = [
  hostile(
    "puts ANSI sequences into a field value",
    "OK\r\nServer: \x1b[2J\x1b]0;owned\x07",
    withCode("ctl-in-value"),
  ),
  hostile(
    "puts the C1 form of ANSI sequences into a field value",
    "OK\r\nServer: \x9b2J",
    withCode("obs-text-in-value"),
  ),
  hostile("puts ANSI sequences into the reason", "\x1b[31mOK\r\nX: y", {
    error: "syntax head target",
    status: 200,
    deviations: ["reason-control-char"],
    end: "us closed",
  }),
  hostile(
    "turns the direction of text in a field value",
    "OK\r\nServer: \xe2\x80\xaetxet",
    withCode("obs-text-in-value"),
  ),
  hostile("puts a formula for spreadsheets into a field value", 'OK\r\nServer: =HYPERLINK("http://h/")'),
  hostile("puts HTML into a field value", "OK\r\nServer: <script>alert(1)</script>"),
  hostile("puts the syntax of metrics into a field value", 'OK\r\nServer: x"} 1\\n'),
  hostile("puts the prefix of a monitoring plugin's output into the reason", "OK | time=0"),
];
