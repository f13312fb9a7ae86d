import type { HandedOverSpec } from "../handed-over/spec.ts";
import { scopesOf } from "../scopes.ts";

export const userAttributeProfile = {
  type: "user-attribute-profile",
  section: "userAttributeProfiles",
  created: { type: "CreateUserAttributeProfileRequestContent" },
  named: {
    "": {
      types: [/^CreateUserAttributeProfileRequestContent$/, /^UserAttributeProfile$/],
      isClosed: true,
    },
  },
  identity: ["name"],
  scopes: scopesOf("user_attribute_profiles"),
  removal: {
    list: ({ userAttributeProfiles }) => userAttributeProfiles.list(),
    delete: ({ userAttributeProfiles }, id) => userAttributeProfiles.delete(id),
  },
} as const satisfies HandedOverSpec;
