import { countAtEnd, type MiddlewareGateway } from "../../middleware/count-at-end.ts";
import type { AuthorizerPolicy } from "./policy.ts";

/** What the proxy answers by itself where it has reached no backend. */
const BAD_GATEWAY = 502;

/**
 * Counts what auth0-authorizer has allowed and the backend was asked for, whatever became of it. It stands behind the rate limit,
 * which needs to know who asks and must not refuse what was counted. What cannot be counted is not answered.
 */
export function createMeterPolicy(gateway: MiddlewareGateway): AuthorizerPolicy {
  return (request, response, next) => {
    const usage = request.authorized?.usage;
    if (usage !== undefined)
      countAtEnd(response, usage, gateway, { isFree: (status) => status === BAD_GATEWAY, hangUps: "count" });
    next();
  };
}
