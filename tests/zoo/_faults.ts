/**
 * The whole zoo.
 *
 * @module
 */

import type { FaultGroup } from "./_fault.ts";
import { BODY_FAULTS } from "./_faults_body.ts";
import { CONNECT_FAULTS } from "./_faults_connect.ts";
import { CONNECTION_FAULTS } from "./_faults_connection.ts";
import { HOSTILE_FAULTS, REDIRECT_FAULTS } from "./_faults_content.ts";
import { HEAD_FAULTS } from "./_faults_head.ts";
import { PROTOCOL_FAULTS } from "./_faults_protocol.ts";
import { TLS_FAULTS } from "./_faults_tls.ts";

/** Every fault, by the stage at which it strikes. */
export const FAULT_GROUPS: readonly FaultGroup[] = [
  { title: "Connecting and asking", faults: CONNECT_FAULTS },
  { title: "TLS", faults: TLS_FAULTS },
  { title: "Another protocol", faults: PROTOCOL_FAULTS },
  { title: "The head", faults: HEAD_FAULTS },
  { title: "Framing and content", faults: BODY_FAULTS },
  { title: "After the answer", faults: CONNECTION_FAULTS },
  { title: "Redirects", faults: REDIRECT_FAULTS },
  { title: "Content that is aimed at the reader", faults: HOSTILE_FAULTS },
];

/** Every fault. */
export const FAULTS = FAULT_GROUPS.flatMap(({ faults }) => faults);
