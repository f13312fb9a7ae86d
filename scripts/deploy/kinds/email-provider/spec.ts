import type { HandedOverSpec } from "../handed-over/spec.ts";
import { closes, isSwitchedOff } from "../protections.ts";
import { scopesOf } from "../scopes.ts";

export const emailProvider = {
  type: "email-provider",
  section: "emailProvider",
  created: { type: "CreateEmailProviderRequestContent" },
  named: {
    "": { types: [/^UpdateEmailProviderRequestContent$/], isClosed: true },
    credentials: {
      types: [/^EmailProviderCredentials$/],
      texts: [
        "accessKeyId",
        "api_key",
        "clientId",
        "clientSecret",
        "connectionString",
        "domain",
        "region",
        "secretAccessKey",
        "smtp_host",
        "smtp_pass",
        "smtp_user",
        "tenantId",
      ],
    },
  },
  protections: [
    closes(/^enabled$/, isSwitchedOff, "no mail is sent by it: to verify an address, or to set a new password."),
  ],
  scopes: scopesOf("email_provider"),
  writeOnly: [
    "credentials.api_key",
    "credentials.accessKeyId",
    "credentials.secretAccessKey",
    "credentials.smtp_user",
    "credentials.smtp_pass",
    "credentials.connectionString",
    "credentials.clientSecret",
  ],
  removal: {
    list: async ({ emails }) => [await emails.provider.get()],
    delete: ({ emails }) => emails.provider.delete(),
  },
} as const satisfies HandedOverSpec;
