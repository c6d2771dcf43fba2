import { type Fault, OK, REQUEST, says, saysLast, STALL } from "./_fault.ts";

const LAST = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi";

/** Faults once the answer is complete. */
export const CONNECTION_FAULTS: readonly Fault[] = [
  {
    does: "closes without having announced it",
    peer: saysLast(OK),
    conn: "lie silent",
    verdict: { status: 200, deviations: ["connection-lie"], end: "peer fin" },
  },
  {
    does: "resets the connection after a whole answer",
    peer: [REQUEST, { send: OK }, { pause: 5 }, { rst: true }],
    conn: "lie silent",
    verdict: { status: 200, deviations: ["connection-lie"], end: "peer rst" },
  },
  {
    does: "announces that it closes, and stays",
    peer: says(LAST),
    conn: "no left-open",
    verdict: { status: 200, deviations: ["connection-lie"], end: "us open" },
  },
  {
    does: "announces that it closes, and resets the connection",
    peer: [REQUEST, { send: LAST }, { pause: 5 }, { rst: true }],
    conn: "no honoured",
    verdict: { status: 200, end: "peer rst" },
  },
  {
    does: "says keep-alive and close at once",
    peer: saysLast("HTTP/1.1 200 OK\r\nConnection: keep-alive, close\r\nContent-Length: 2\r\n\r\nhi"),
    conn: "no honoured",
    verdict: { status: 200, end: "peer fin" },
  },
  {
    does: "sends more after an answer that announces the end",
    peer: [REQUEST, { send: `${LAST}more` }, STALL],
    conn: "unknown left-open",
    verdict: {
      status: 200,
      deviations: ["data-after-close", "connection-lie"],
      end: "us open",
    },
  },
  {
    does: "sends octets without end after a whole answer",
    peer: [REQUEST, { send: OK }, { flood: 512 * 1024 * 1024 }],
    conn: "unknown silent",
    verdict: { status: 200, deviations: ["excess-data"], end: "us open" },
  },
];
