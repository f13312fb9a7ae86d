import { page } from "../collect.ts";
import type { HandedOverSpec } from "../handed-over/spec.ts";
import { joined, reads, scopesOf, settingScopes } from "../scopes.ts";

export const selfServiceProfile = {
  type: "self-service-profile",
  section: "selfServiceProfiles",
  created: { type: "CreateSelfServiceProfileRequestContent" },
  named: {
    "": {
      types: [/^CreateSelfServiceProfileRequestContent$/, /^SelfServiceProfile$/],
      isClosed: true,
    },
  },
  identity: ["name"],
  scopes: joined(
    scopesOf("self_service_profiles"),
    settingScopes("self_service_profile_custom_texts"),
    reads("read:user_attribute_profiles"),
  ),
  refersTo: [{ at: "user_attribute_profile_id", types: ["user-attribute-profile"] }],
  removal: {
    list: ({ selfServiceProfiles }) => selfServiceProfiles.list(page()),
    delete: ({ selfServiceProfiles }, id) => selfServiceProfiles.delete(id),
  },
} as const satisfies HandedOverSpec;
