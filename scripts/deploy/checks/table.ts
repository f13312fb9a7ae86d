import { checkActionSettings } from "./action-settings.ts";
import type { CheckContext } from "./context.ts";
import { checkExampleValues } from "./example-values.ts";
import type { Finding } from "./finding.ts";
import { checkStripeKey } from "./stripe-key.ts";
import { checkStripePermissions } from "./stripe-permissions.ts";
import { checkTenantStage } from "./tenant-stage.ts";

/** Each says all that it finds; none throws for what it finds, so that one run shows everything. */
export const checks: readonly ((context: CheckContext) => readonly Finding[] | Promise<readonly Finding[]>)[] = [
  checkTenantStage,
  checkActionSettings,
  checkExampleValues,
  checkStripeKey,
  checkStripePermissions,
];
