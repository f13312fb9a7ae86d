import { checkInput } from "./check-input.ts";
import type { PostLoginContext } from "./context.ts";
import type { Entity, ExpiryName } from "./effects.ts";
import type { EntityChanges } from "./transaction.ts";

/** Milliseconds since the epoch. Of several calls the earliest wins: a life can only be shortened. */
export const createEntityExpiry = (
  { effects }: PostLoginContext,
  entity: Entity,
  changes: EntityChanges,
  findObstacle: (method: string) => string | undefined,
) => {
  const shorten = (method: string, which: ExpiryName, argument: string, at: number) => {
    const obstacle = findObstacle(method);
    if (obstacle !== undefined) throw new Error(obstacle);
    if (!at) throw new Error("Either inactivity or absolute expiration time must be provided");
    checkInput({ type: "object", properties: { [argument]: { type: "number" } } }, { [argument]: at });
    changes[which] = Math.min(changes[which] ?? at, at);
    effects.push({ type: "set-expiry", entity, which, at });
  };
  return {
    setExpiresAt: (at: number) => shorten("setExpiresAt", "expiresAt", "absolute", at),
    setIdleExpiresAt: (at: number) => shorten("setIdleExpiresAt", "idleExpiresAt", "inactivity", at),
  };
};
