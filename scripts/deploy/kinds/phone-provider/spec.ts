import type { HandedOverSpec } from "../handed-over/spec.ts";
import { scopesOf } from "../scopes.ts";

export const phoneProvider = {
  type: "phone-provider",
  section: "phoneProviders",
  created: {
    type: "CreateBrandingPhoneProviderRequestContent",
    // Of the provider `custom`, which has none.
    filledIn: ["credentials"],
    anyOf: [
      { properties: { name: { enum: ["custom"] } } },
      {
        required: ["credentials"],
        properties: { name: { enum: ["twilio"] }, credentials: { required: ["auth_token"] } },
      },
    ],
  },
  identity: [],
  scopes: scopesOf("phone_providers"),
  writeOnly: ["credentials.auth_token"],
  removal: {
    list: async ({ branding }) => (await branding.phone.providers.list()).providers ?? [],
    delete: ({ branding }, id) => branding.phone.providers.delete(id),
  },
} as const satisfies HandedOverSpec;
