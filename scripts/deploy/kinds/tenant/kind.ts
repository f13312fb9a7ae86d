import type { Management } from "auth0";
import { closed, TEXT } from "../../../tenant/schema/closed-fields.ts";
import type { FieldSchema } from "../../../tenant/schema/derive-fields.ts";
import { toHours, toMinutes } from "../../../tenant/session-lifetimes.ts";
import type { Kind } from "../kind.ts";
import type { LiveRecord } from "../live-record.ts";
import { isSwitchedOn, weakens } from "../protections.ts";
import { createRecordKind } from "../record/record-kind.ts";

/** The tenant's settings: one record, which is always there. */
export const tenant: Kind<"tenant", LiveRecord> = createRecordKind({
  type: "tenant",
  section: "tenant",
  isOneObject: true,
  declared: {
    requests: ["UpdateTenantSettingsRequestContent"],
    answer: "GetTenantSettingsResponseContent",
    isWhole: true,
    listAdded,
  },
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

/** Settings that the API takes and answers and the SDK's types lack. */
function listAdded(): FieldSchema {
  const colors = closed({ primary: TEXT, page_background: { type: ["string", "object"] } });
  return closed({
    universal_login: closed({ colors, passwordless: { type: ["object"] } }),
    flags: closed({ use_scope_descriptions_for_consent: { type: ["boolean"] } }),
  });
}
