/**
 * The behaviour of a scripted peer on one connection: a small language of steps.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import type { Wire } from "./wire.ts";

/** One step. Text is sent with one octet for each code unit. */
export type Step =
  /** Waits until this text, or this number of octets, has arrived after the last `expect`. */
  | { readonly expect: string | number }
  | { readonly send: string | Uint8Array }
  /** Sends octets below TLS: the same as `send` on a plain connection. */
  | { readonly sendRaw: string | Uint8Array }
  /** Sends one octet after the other, with a number of milliseconds in between. */
  | { readonly drip: string; readonly every: number }
  /** Sends a number of octets `x` as fast as possible. */
  | { readonly flood: number }
  /** Does nothing for a number of milliseconds. */
  | { readonly pause: number }
  /** No longer takes octets from the system, so that the sender's buffers fill. */
  | { readonly deaf: true }
  /** Ends its own sending side properly: FIN, after close_notify on TLS; it still reads. */
  | { readonly fin: true }
  /** close_notify without FIN. */
  | { readonly closeNotify: true }
  /** FIN without close_notify. */
  | { readonly cut: true }
  | { readonly rst: true }
  /** Waits until the other side has ended or reset the connection, or the peer is disposed of. */
  | { readonly stall: true }
  /** Repeats the steps a number of times. */
  | { readonly repeat: number; readonly steps: Script };

/** Steps in order. After the last one the connection is closed as with `fin`. */
export type Script = readonly Step[];

/** Thrown inside a script when its connection is gone, so that the remaining steps cannot run. */
export class ConnectionGone extends Error {
  override name = "ConnectionGone";
}

/** Text to octets, one for each code unit. */
export function octets(text: string | Uint8Array): Uint8Array {
  return typeof text === "string" ? Buffer.from(text, "latin1") : text;
}

/**
 * Does all steps.
 *
 * @throws {ConnectionGone} If the connection ends before the script does.
 */
export async function runScript(script: Script, wire: Wire): Promise<void> {
  for (const step of script) await runStep(step, wire);
}

async function runStep(step: Step, wire: Wire): Promise<void> {
  if ("expect" in step) return await wire.take(step.expect);
  if ("send" in step) return await wire.send(octets(step.send));
  if ("sendRaw" in step) return await wire.sendRaw(octets(step.sendRaw));
  if ("flood" in step) return await flood(step.flood, wire);
  if ("pause" in step) return await wire.pause(step.pause);
  if ("deaf" in step) return wire.stopReading();
  if ("fin" in step) return await wire.fin();
  if ("closeNotify" in step) return await wire.closeNotify();
  if ("cut" in step) return await wire.cut();
  if ("rst" in step) return wire.reset();
  if ("stall" in step) return await wire.ended;
  if ("repeat" in step) {
    for (let count = 0; count < step.repeat; count++) await runScript(step.steps, wire);
    return;
  }
  for (const octet of step.drip) {
    await wire.send(octets(octet));
    await wire.pause(step.every);
  }
}

async function flood(count: number, wire: Wire): Promise<void> {
  const piece = new Uint8Array(256 * 1024).fill(0x78);
  for (let left = count; left > 0; left -= piece.length) {
    await wire.send(left < piece.length ? piece.subarray(0, left) : piece);
  }
}
