import type { Refuse } from "../../authorizer/refuse.ts";
import type { Meter } from "../../metering/meter.ts";
import { sendRefusal } from "../../middleware/send-refusal.ts";
import type { AuthorizerPolicy } from "./policy.ts";

export interface MeterPolicyOptions {
  /** Undefined: nothing here has a meter. */
  readonly meter: Pick<Meter, "count"> | undefined;
  readonly refuse: Refuse;
}

/**
 * Counts what auth0-authorizer has allowed. It stands behind the rate limit, which needs to know who asks and must not refuse
 * what was counted. What cannot be counted is refused.
 */
export function createMeterPolicy({ meter, refuse }: MeterPolicyOptions): AuthorizerPolicy {
  return (request, response, next) => {
    const usage = request.authorized?.usage;
    if (usage === undefined || meter === undefined) return next();
    meter.count(usage).then(
      () => next(),
      () => sendRefusal(response, refuse("metering_unavailable")),
    );
  };
}
