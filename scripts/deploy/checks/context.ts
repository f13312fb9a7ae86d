import type { TenantDocument } from "../../tenant/document.ts";
import type { Environment } from "../../tenant/read-environment.ts";

/** What the checks look at: the tenant file with its keywords filled, and where it is to go. */
export interface CheckContext {
  readonly document: TenantDocument;
  /** Host, and port if it is not 443. */
  readonly domain: string;
  /** PEM of the authority that the tenant's certificate needs; a local Stripe's may be of the same. */
  readonly ca?: string | undefined;
  /** TENANT_STAGE and STRIPE_API_URL count. */
  readonly environment: Environment;
  /** `--allow-secret-key` */
  readonly allowSecretKey: boolean;
  /** `--skip-stripe-check` */
  readonly skipStripeCheck: boolean;
}

/** The settings of one Action of tenant.yaml, by name; undefined when it has no such Action, or the tenant alone has one of them. */
export function findSettings(
  { document }: Pick<CheckContext, "document">,
  actionName: string,
): Readonly<Record<string, string>> | undefined {
  const action = (document.actions ?? []).find(({ name }) => name === actionName);
  if (action === undefined) return undefined;
  const settings: Record<string, string> = {};
  for (const { name, value } of action.secrets ?? []) {
    if (value === undefined) return undefined;
    settings[name] = value;
  }
  return settings;
}
