import type { Decision } from "../authorizer/decision.ts";
import type { Headers } from "../authorizer/request.ts";
import { renderIdentity } from "../identity-headers.ts";
import type { Gateway } from "../open-gateway.ts";
import type { MethodArn } from "./arn.ts";
import { parseEvent } from "./events.ts";
import type { ListGrantable } from "./grantable.ts";
import { type AuthorizerContext, type PolicyAnswer, renderPolicy } from "./policy.ts";

interface SimpleAnswer {
  readonly isAuthorized: boolean;
  readonly context: AuthorizerContext;
}

export type LambdaAuthorizer = (event: unknown) => Promise<PolicyAnswer | SimpleAnswer>;

export interface LambdaAuthorizerOptions {
  readonly gateway: Pick<Gateway, "authorize" | "authorizer">;
  /** What HTTP APIs with payload 2.0 are answered: `simple` where EnableSimpleResponses is on (default), else `policy`. */
  readonly responses?: "simple" | "policy";
  /**
   * The mapping key of an HTTP API's custom domain, as `/v1`: its requests' paths begin with it, those of API Gateway's own
   * domain do not.
   */
  readonly basePath?: string | undefined;
  /** For answers that are kept by the token alone; without it a policy names the one request that was asked about. */
  readonly listGrantable?: ListGrantable | undefined;
}

/** API Gateway answers a policy larger than that with 500. */
const MAX_POLICY = 8_000;

/**
 * An AWS Lambda authorizer for REST APIs (TOKEN and REQUEST) and HTTP APIs (payload 1.0 and 2.0).
 *
 * API Gateway knows three answers: 401 for an Error whose message is exactly "Unauthorized", 403 for a refusal, 500 for any
 * other error. So 402 becomes 403, with the reason in the context, and 503 becomes 500.
 *
 * @throws {Error} "Unauthorized", or another one when the decision cannot be made now
 */
export function createLambdaAuthorizer(options: LambdaAuthorizerOptions): LambdaAuthorizer {
  const { gateway, responses = "simple", basePath, listGrantable } = options;

  const listOthers = async (headers: Headers, arn: MethodArn): Promise<readonly string[]> => {
    if (listGrantable === undefined) return [];
    const who = await gateway.authorizer.identify({ headers });
    return who.ok ? listGrantable(who.identity.scopes).map((pattern) => `${arn.stage}/${pattern}`) : [];
  };

  return async (event) => {
    const question = parseEvent(event, basePath);
    if (question === undefined) throw new Error("This is not an event of an API Gateway authorizer.");
    const { request, arn, kind } = question;
    const decision = await gateway.authorize(request);
    if (decision.kind === "refused" && decision.status === 401) throw new Error("Unauthorized");
    if (decision.kind === "refused" && decision.status === 503) throw new Error(`Not decided: ${decision.code}`);
    const context = renderContext(decision);
    if (kind === "simple" && responses === "simple") return { isAuthorized: decision.kind !== "refused", context };
    // Without the right organization nothing else is open either.
    const isOutside = decision.kind === "refused" && decision.code.startsWith("organization_");
    const others = isOutside ? [] : await listOthers(request.headers, arn);
    const full = renderPolicy(decision, arn, context, others);
    return JSON.stringify(full).length <= MAX_POLICY ? full : renderPolicy(decision, arn, context);
  };
}

/** For parameter mapping: `$context.authorizer.sub` and so on. */
function renderContext(decision: Decision): AuthorizerContext {
  const identity = renderIdentity(decision.kind === "refused" ? { kind: "public" } : decision);
  return {
    sub: identity["X-User-Sub"] ?? "",
    org_id: identity["X-Org-Id"] ?? "",
    scopes: identity["X-Scopes"] ?? "",
    stripe_customer: identity["X-Stripe-Customer"] ?? "",
    ...(decision.kind === "refused" && { error: decision.error, status: String(decision.status) }),
  };
}
