import { isLoopback } from "../../gateways/authorizer/loopback.ts";
import type { Environment } from "../tenant/read-environment.ts";
import { confirmOnTerminal } from "../terminal/confirm.ts";
import type { Paint } from "../terminal/paint.ts";
import type { DeployOptions } from "./deploy-project.ts";
import { renderPlan } from "./plan/render-plan.ts";

interface ConfirmOptions {
  /** `TENANT_STAGE=development` marks a tenant that may be changed without a question. */
  readonly environment: Environment;
  /** `--yes` */
  readonly isAssumed: boolean;
  readonly paint: Paint;
}

/**
 * Shows the plan, and asks on a terminal. Without a terminal there is nobody to ask: a pipeline says `--yes`.
 *
 * @throws {CommandError} CONFIRMATION_NEEDED
 */
export function createConfirm({ environment, isAssumed, paint }: ConfirmOptions): DeployOptions["confirm"] {
  return async (plan) => {
    console.log(`${renderPlan(plan, paint).join("\n")}\n`);
    if (isAssumed || isDevelopment(plan.domain, environment)) return "unasked";
    return confirmOnTerminal(`Deploy this to ${plan.domain}, which is not marked as development?`);
  };
}

/** A tenant on this machine is nobody's live tenant. */
export function isDevelopment(domain: string, environment: Environment): boolean {
  return environment.TENANT_STAGE === "development" || isLoopback(new URL(`https://${domain}`));
}
