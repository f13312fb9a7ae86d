import type { HandedOverSpec } from "../handed-over/spec.ts";
import { joined, reads, scopesOf } from "../scopes.ts";

export const tokenExchangeProfile = {
  type: "token-exchange-profile",
  section: "tokenExchangeProfiles",
  created: {
    type: "CreateTokenExchangeProfileRequestContent",
    // By the name of the Action, which stands in `action`.
    filledIn: ["action_id"],
  },
  named: {
    "": {
      types: [/^CreateTokenExchangeProfileRequestContent$/, /^TokenExchangeProfileResponseContent$/],
      isClosed: true,
    },
  },
  identity: ["subject_token_type"],
  fixed: ["action", "type"],
  scopes: joined(scopesOf("token_exchange_profiles"), reads("read:actions")),
  refersTo: [{ at: "action", types: ["action"] }],
  removal: {
    list: ({ tokenExchangeProfiles }) => tokenExchangeProfiles.list(),
    delete: ({ tokenExchangeProfiles }, id) => tokenExchangeProfiles.delete(id),
  },
} as const satisfies HandedOverSpec;
