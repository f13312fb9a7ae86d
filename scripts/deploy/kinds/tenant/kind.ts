import type { Management } from "auth0";
import { toHours, toMinutes } from "../../../tenant/session-lifetimes.ts";
import type { Kind } from "../kind.ts";
import type { LiveRecord } from "../live-record.ts";
import { isSwitchedOn, weakens } from "../protections.ts";
import { createRecordKind } from "../record/record-kind.ts";

/** The tenant's settings: one record, which is always there. */
export const tenant: Kind<"tenant", LiveRecord> = createRecordKind({
  type: "tenant",
  section: "tenant",
  scopes: { read: ["read:tenant_settings"], write: ["update:tenant_settings"], delete: [] },
  nameOf: () => "settings",
  fieldsOf: toHours,
  mergedFields: ["flags"],
  protections: [
    weakens(/^flags\.disable_clickjack_protection_headers$/, isSwitchedOn, "other sites can frame the login page."),
    weakens(/^flags\.enable_dynamic_client_registration$/, isSwitchedOn, "anybody can register a client."),
    weakens(
      /^flags\.enable_public_signup_user_exists_error$/,
      isSwitchedOn,
      "strangers are told which addresses have an account.",
    ),
    weakens(/^flags\.allow_legacy_/, isSwitchedOn, "what Auth0 has given up for its weakness is allowed again."),
  ],
  list: async ({ tenants }) => [await tenants.settings.get()],
  toLive: (settings: object) => ({ id: "tenant", name: "settings", isSystem: true, fields: { ...settings } }),
  get: ({ tenants }) => tenants.settings.get(),
  patch: ({ tenants }, _id, fields) =>
    tenants.settings.update(toMinutes(fields) as Management.UpdateTenantSettingsRequestContent),
});
