import type { Cast } from "../cast.ts";
import { listPromises } from "../promises.ts";
import { listFirstLogins } from "./first-logins.ts";
import { listMachineScenes } from "./machine.ts";
import { listRoleScenes } from "./roles.ts";
import type { Scene } from "./scene.ts";
import { listStripeScenes } from "./stripe.ts";
import { listVerificationScenes } from "./verification.ts";

/** Pure. Every login that the project makes a promise about, in the order in which they are played. */
export function listScenes(cast: Cast): readonly Scene[] {
  const promises = listPromises(cast);
  return [
    ...listFirstLogins(promises),
    ...listRoleScenes(cast, promises),
    ...listVerificationScenes(promises),
    ...listStripeScenes(cast, promises),
    ...listMachineScenes(cast),
  ];
}
