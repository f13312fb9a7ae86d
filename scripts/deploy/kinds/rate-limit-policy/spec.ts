import type { HandedOverSpec } from "../handed-over/spec.ts";
import { scopesOf } from "../scopes.ts";

export const rateLimitPolicy = {
  type: "rate-limit-policy",
  section: "rateLimitPolicies",
  created: { type: "CreateRateLimitPolicyRequestContent" },
  named: {
    "": { types: [/^CreateRateLimitPolicyRequestContent$/, /^RateLimitPolicy$/], isClosed: true },
  },
  identity: ["consumer_selector"],
  fixed: ["resource", "consumer"],
  scopes: scopesOf("rate_limit_policies"),
  removal: {
    list: ({ rateLimitPolicies }) => rateLimitPolicies.list(),
    delete: ({ rateLimitPolicies }, id) => rateLimitPolicies.delete(id),
  },
} as const satisfies HandedOverSpec;
