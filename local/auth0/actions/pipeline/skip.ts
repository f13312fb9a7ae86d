import type { Tenant } from "../../tenant.ts";
import { findWhySkipped, type SkippedTrigger } from "../skipped-triggers.ts";

/** Says that Actions are bound which would have run now: nobody is to wonder why they did not. */
export function skipTrigger({ log, state }: Pick<Tenant, "log" | "state">, trigger: SkippedTrigger): void {
  const count = state.triggerBindings.get(trigger)?.bindings.length ?? 0;
  if (count > 0) log(`actions: ${count} bound to ${trigger} not run: ${findWhySkipped(trigger)}`);
}
