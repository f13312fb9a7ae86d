import type { HandedOverSpec } from "../handed-over/spec.ts";
import { scopesOf } from "../scopes.ts";

export const connectionProfile = {
  type: "connection-profile",
  section: "connectionProfiles",
  created: { type: "CreateConnectionProfileRequestContent" },
  named: {
    "": {
      types: [/^CreateConnectionProfileRequestContent$/, /^ConnectionProfile$/],
      isClosed: true,
    },
  },
  identity: ["name"],
  scopes: scopesOf("connection_profiles"),
  removal: {
    list: ({ connectionProfiles }) => connectionProfiles.list(),
    delete: ({ connectionProfiles }, id) => connectionProfiles.delete(id),
  },
} as const satisfies HandedOverSpec;
