import { readFile } from "node:fs/promises";
import { type BillingRules, parseBillingRules } from "../../gateways/authorizer/billing/rules.ts";
import { ConfigurationError } from "../../gateways/authorizer/problems.ts";
import { usageError } from "../command.ts";
import type { TenantAction, TenantDocument } from "../tenant/document.ts";
import { isMapping } from "../tenant/shape.ts";
import { type Grants, planGrants } from "./grants.ts";

/** What `tenant:billing` exports; see types/tenant-billing.d.ts. */
export interface Billing {
  readonly paidScopes: readonly {
    readonly scope: string;
    readonly product: { readonly name: string } | { readonly id: string };
  }[];
  readonly payingRoles: readonly string[];
  readonly pastDue: BillingRules["pastDue"];
}

export const NO_BILLING: Billing = { paidScopes: [], payingRoles: [], pastDue: "refuse" };

/**
 * stripe.json; undefined when there is none: then nothing costs money.
 *
 * @throws {CommandError} STRIPE_RULES_UNUSABLE naming all that is wrong in it
 */
export async function readBillingRules(path: string): Promise<BillingRules | undefined> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if (isMapping(error) && error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    return parseBillingRules(JSON.parse(text));
  } catch (cause) {
    if (!(cause instanceof ConfigurationError || cause instanceof SyntaxError)) throw cause;
    const message =
      cause instanceof ConfigurationError ? cause.message : `stripe.json is not valid JSON: ${cause.message}`;
    throw usageError("STRIPE_RULES_UNUSABLE", message, cause);
  }
}

/** Which scopes of the Action's API cost money, and which roles grant one. Sorted, so that moving lines changes no bundle. */
export function planBilling(
  document: TenantDocument,
  action: TenantAction,
  rules: BillingRules | undefined,
): Billing | undefined {
  const grants = planGrants(document, action);
  if (grants === undefined || rules === undefined) return undefined;
  const paid = [...rules.paid.values()].filter(({ scope }) => grants.apiScopes.includes(scope));
  return {
    paidScopes: paid
      .map(({ scope, product }) => ({
        scope,
        product: product.kind === "id" ? { id: product.id } : { name: product.name },
      }))
      .sort((one, other) => (one.scope < other.scope ? -1 : 1)),
    payingRoles: listRolesWith(
      grants,
      paid.map(({ scope }) => scope),
    ),
    pastDue: rules.pastDue,
  };
}

function listRolesWith({ roleScopes }: Grants, scopes: readonly string[]): readonly string[] {
  return Object.entries(roleScopes)
    .filter(([, granted]) => granted.some((scope) => scopes.includes(scope)))
    .map(([role]) => role);
}

export function renderBilling({ paidScopes, payingRoles, pastDue }: Billing): string {
  const scopes = paidScopes.map((paid) => `  ${JSON.stringify(paid)},`);
  return [
    `export const paidScopes = [\n${scopes.join("\n")}\n];`,
    `export const payingRoles = ${JSON.stringify(payingRoles)};`,
    `export const pastDue = ${JSON.stringify(pastDue)};`,
    "",
  ].join("\n");
}
