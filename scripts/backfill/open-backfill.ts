import { join } from "node:path";
import type Stripe from "stripe";
import type { Secrets } from "../../actions/sync-stripe-customer/settings.ts";
import { usageError } from "../command.ts";
import { findSettings } from "../deploy/checks/context.ts";
import { CREATE_KEY_URL, findStripeKey } from "../deploy/checks/stripe-key.ts";
import { connectToTenant } from "../deploy/connect.ts";
import { readTenantAccess } from "../deploy/tenant-access.ts";
import { downloadFile } from "../http/download-file.ts";
import { openStripeWith } from "../stripe/open-stripe.ts";
import type { Environment } from "../tenant/read-environment.ts";
import { readTenant } from "../tenant/read-tenant.ts";
import { resolveTenant } from "../tenant/resolve-tenant.ts";
import { createExportJobs, type ExportJobs } from "./export-jobs.ts";
import { createPace } from "./pace.ts";
import { createUsers, type Users } from "./users.ts";

export interface BackfillAccess {
  readonly domain: string;
  readonly users: Users;
  readonly exportJobs: ExportJobs;
  /** To a file, by the authority that the tenant is trusted by. */
  readonly download: (address: string, file: string) => Promise<void>;
  readonly stripe: Stripe;
  readonly secrets: Secrets;
  readonly isLive: boolean;
}

export interface OpenBackfillOptions {
  /** The project's folder. */
  readonly directory: string;
  readonly environment: Environment;
  readonly environmentName: string | undefined;
  /** Requests a second. */
  readonly auth0Rate: number;
}

const ACTION = "sync-stripe-customer";

/**
 * Both sides, as the Action's settings in tenant.yaml and the client of the webhooks, which may read users and write their
 * app_metadata, and nothing else.
 *
 * @throws {CommandError} of reading and connecting; BACKFILL_CLIENT_MISSING, BACKFILL_ACTION_MISSING, STRIPE_KEY_UNUSABLE,
 * STRIPE_ADDRESS_UNUSABLE
 */
export async function openBackfill(options: OpenBackfillOptions): Promise<BackfillAccess> {
  const { directory, environment, environmentName, auth0Rate } = options;
  const { WEBHOOK_CLIENT_ID: clientId, WEBHOOK_CLIENT_SECRET: clientSecret } = environment;
  if (!clientId || !clientSecret) {
    throw usageError(
      "BACKFILL_CLIENT_MISSING",
      "Set WEBHOOK_CLIENT_ID and WEBHOOK_CLIENT_SECRET to those of the application Billing Webhooks: it may read users and write app_metadata.",
    );
  }
  const tenant = await readTenant(join(directory, "tenant.yaml"), environmentName);
  const access = await readTenantAccess(
    { ...environment, AUTH0_CLIENT_ID: clientId, AUTH0_CLIENT_SECRET: clientSecret },
    tenant,
  );
  const { document } = await resolveTenant(tenant, environment);
  const context = { document, domain: access.domain, environment, allowSecretKey: false, skipStripeCheck: true };
  const secrets = findSettings(context, ACTION);
  if (secrets === undefined) {
    throw usageError(
      "BACKFILL_ACTION_MISSING",
      `tenant.yaml has no ${ACTION} with its settings. Customers are made by its rules: put it there.`,
    );
  }
  const key = findStripeKey(context);
  if (key === undefined) {
    throw usageError(
      "STRIPE_KEY_UNUSABLE",
      `STRIPE_SECRET_KEY is not a key that can write customers: it must start with rk_test_ or rk_live_. Make one: ${CREATE_KEY_URL}`,
    );
  }
  const stripe = await openStripeWith(key.secret, environment);
  const { management, domain } = await connectToTenant(access);
  const pace = createPace(auth0Rate);
  return {
    domain,
    users: createUsers(management, pace),
    exportJobs: createExportJobs(management, pace),
    download: (address, file) => downloadFile(address, file, access.ca?.pem),
    stripe,
    secrets,
    isLive: key.isLive,
  };
}
