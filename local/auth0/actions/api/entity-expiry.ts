import { checkInput } from "./check-input.ts";
import type { PostLoginContext } from "./context.ts";
import type { Entity, ExpiryName } from "./effects.ts";
import type { EntityChanges } from "./transaction.ts";

/** Milliseconds since the epoch. Of several calls the earliest wins: a life can only be shortened. */
export const createEntityExpiry = (
  { effects }: PostLoginContext,
  entity: Entity,
  changes: EntityChanges,
  checkChangeable: (method: string) => void,
) => {
  const shorten = (which: ExpiryName, argument: string, at: number) => {
    if (!at) throw new Error("Either inactivity or absolute expiration time must be provided");
    checkInput({ type: "object", properties: { [argument]: { type: "number" } } }, { [argument]: at });
    changes[which] = Math.min(changes[which] ?? at, at);
    effects.push({ type: "set-expiry", entity, which, at });
  };
  return {
    setExpiresAt(at: number) {
      checkChangeable("setExpiresAt");
      shorten("expiresAt", "absolute", at);
    },
    setIdleExpiresAt(at: number) {
      checkChangeable("setIdleExpiresAt");
      shorten("idleExpiresAt", "inactivity", at);
    },
  };
};
