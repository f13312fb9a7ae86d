import type { Authorize } from "../authorizer/authorizer.ts";
import type { Decision } from "../authorizer/decision.ts";
import type { Refuse } from "../authorizer/refuse.ts";
import type { Meter } from "./meter.ts";

export interface CountAllowedOptions {
  readonly authorize: Authorize;
  readonly refuse: Refuse;
  readonly meter: Pick<Meter, "count">;
}

/**
 * Counts what is allowed before it is answered. What cannot be counted is refused (fail closed): uncounted requests would be
 * free.
 */
export function countAllowed({ authorize, refuse, meter }: CountAllowedOptions): Authorize {
  return async (request): Promise<Decision> => {
    const decision = await authorize(request);
    if (decision.kind !== "allowed" || decision.usage === undefined) return decision;
    try {
      await meter.count(decision.usage);
      return decision;
    } catch {
      return refuse("metering_unavailable");
    }
  };
}
