import { isDevelopment } from "../deploy/confirm.ts";
import type { Plan } from "../deploy/plan/change.ts";
import type { Environment } from "../tenant/read-environment.ts";
import { confirmOnTerminal } from "../terminal/confirm.ts";

interface Ready {
  readonly name: string;
  readonly environment: Environment;
  readonly plan: Pick<Plan, "domain" | "changes">;
}

/**
 * One question for all of them, whose plans were shown. None where nothing is written but to tenants of development.
 *
 * @throws {CommandError} CONFIRMATION_NEEDED
 */
export async function confirmWaves(waves: readonly (readonly string[])[], ready: readonly Ready[]): Promise<boolean> {
  const asked = ready.filter(
    ({ plan, environment }) => plan.changes.length > 0 && !isDevelopment(plan.domain, environment),
  );
  if (asked.length === 0) return true;
  const order = waves.map((wave) => wave.join(", ")).join("; then ");
  const names = asked.map(({ name, plan }) => `${name} (${plan.domain})`).join(", ");
  return confirmOnTerminal(`Deploy this, in this order: ${order}? Not marked as development: ${names}.`);
}
