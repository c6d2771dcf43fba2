/**
 * Lists the permissions to reach a target.
 *
 * @module
 */

import { ipFamily } from "../../net/ip_address.ts";
import { hostAndPort } from "../../net/permission.ts";
import { planEndPoint } from "../../probe/dial_plan.ts";
import type { ProbeOptions } from "../../probe/options.ts";
import { schemesToTry, settleTarget, type Target, toTarget } from "../../target/target.ts";
import type { Grant } from "./covered.ts";

/** Lists the permissions to reach a target with its options. */
export function reaching(url: string | Target, options: ProbeOptions = {}): Grant[] {
  const { unixSocket, family, denyPrivate } = options;
  if (unixSocket !== undefined) {
    // The permission for the network knows no paths.
    return [{ access: "read", value: unixSocket }, { access: "write", value: unixSocket }, { access: "net" }];
  }
  const target = toTarget(url);
  return schemesToTry(target).flatMap((scheme) => {
    const { host, port, addresses } = planEndPoint(settleTarget(target, scheme), options);
    // With the permission for a name Deno chooses the address, so a refusal of private addresses needs more.
    if (denyPrivate && addresses === undefined && ipFamily(host) === 0) return [{ access: "net" }];
    return (addresses ?? [host])
      .filter((address) => addresses === undefined || family === undefined || ipFamily(address) === family)
      // No flag can name a zone.
      .map((address) => ({
        access: "net",
        value: address.includes("%") ? undefined : hostAndPort(address, port),
      }));
  });
}
