import { endpoint, ok, type Resource } from "../endpoint.ts";
import { ManagementError } from "../error.ts";
import { getRecord, recordsOf } from "./list-endpoints.ts";
import { getListKind, THEME_MISSING } from "./list-kinds.ts";

/** The one theme that pages use: Auth0 keeps the first. */
export const defaultTheme: Resource = ({ state }) => [
  endpoint({
    method: "GET",
    path: "/branding/themes/default",
    scopes: ["read:branding"],
    handle: () => {
      const [theme] = recordsOf(state, getListKind("/branding/themes")).values();
      if (theme === undefined) throw new ManagementError(404, THEME_MISSING.message, THEME_MISSING.errorCode);
      return ok(theme);
    },
  }),
];

/** The custom domain that stands in mails and links; without one it is the tenant's own. */
export const defaultCustomDomain: Resource = (tenant) => {
  const kind = getListKind("/custom-domains");
  const canonical = () => ({ domain: tenant.domain });
  return [
    endpoint({
      method: "GET",
      path: "/custom-domains/default",
      scopes: ["read:custom_domains"],
      handle: () => ok(recordsOf(tenant.state, kind).find(({ is_default }) => is_default === true) ?? canonical()),
    }),
    endpoint<{ readonly domain: string }>({
      method: "PATCH",
      path: "/custom-domains/default",
      scopes: ["update:custom_domains"],
      body: "SetDefaultCustomDomainRequestContent",
      handle: ({ body: { domain } }) => {
        const records = recordsOf(tenant.state, kind);
        const chosen = records.find((record) => record.domain === domain);
        if (chosen === undefined && domain !== tenant.domain) {
          throw new ManagementError(404, "The custom domain does not exist.");
        }
        for (const record of records.values()) {
          records.set(String(record.custom_domain_id), { ...record, is_default: record === chosen });
        }
        return ok(chosen === undefined ? canonical() : { ...chosen, is_default: true });
      },
    }),
    endpoint({
      method: "POST",
      path: "/custom-domains/:id/verify",
      scopes: ["create:custom_domains"],
      handle: ({ params }) => ok(getRecord(kind, tenant.state, params.id ?? "")),
    }),
  ];
};
