import type { Decision } from "../authorizer/decision.ts";
import { exactResource, type MethodArn } from "./arn.ts";

/** What API Gateway hands on to the integration. Texts only: it knows no lists, and a missing value would be none at all. */
export type AuthorizerContext = Readonly<Record<string, string>>;

export interface PolicyAnswer {
  readonly principalId: string;
  readonly policyDocument: {
    readonly Version: "2012-10-17";
    readonly Statement: readonly {
      readonly Action: "execute-api:Invoke";
      readonly Effect: "Allow" | "Deny";
      readonly Resource: readonly string[];
    }[];
  };
  readonly context: AuthorizerContext;
}

/**
 * A policy that grants this request, if it was allowed, and nothing that was not. API Gateway keeps it for all that is asked
 * with the same token: what it does not name is refused until it runs out, so it may be kept without letting anybody in.
 *
 * @param others what the token is good for besides, as resources
 */
export function renderPolicy(
  decision: Decision,
  arn: MethodArn,
  context: AuthorizerContext,
  others: readonly string[] = [],
): PolicyAnswer {
  const own = decision.kind === "refused" ? undefined : exactResource(arn);
  const granted = [...new Set([...(own === undefined ? [] : [own]), ...others])];
  // A policy needs a statement; without an Allow everything is refused anyway.
  const statement =
    granted.length > 0
      ? ({ Effect: "Allow", Resource: granted } as const)
      : ({ Effect: "Deny", Resource: [`${arn.stage}/*`] } as const);
  return {
    principalId: decision.kind === "allowed" ? decision.subject : "anonymous",
    policyDocument: { Version: "2012-10-17", Statement: [{ Action: "execute-api:Invoke", ...statement }] },
    context,
  };
}
