import { join } from "node:path";
import { Problems } from "../../gateways/authorizer/problems.ts";
import { readRules } from "../../gateways/read-rules.ts";
import { type CommandError, usageError } from "../command.ts";
import { fillKnownKeywords } from "../tenant/keywords.ts";
import type { Environment } from "../tenant/read-environment.ts";
import { readTenant } from "../tenant/read-tenant.ts";
import type { ModelInputs } from "./plan-model.ts";

export interface GatewayInputs extends ModelInputs {
  /** stripe.json as it was read. */
  readonly stripeJson: unknown;
}

/**
 * Only the keywords that the gateways need have to have a value: whoever makes their configuration needs no secret.
 *
 * @throws {CommandError} GATEWAYS_CONFIGURATION naming all that is wrong in routes.yaml and stripe.json, or what readTenant throws
 */
export async function readInputs(
  directory: string,
  environment: Environment,
  environmentName?: string,
): Promise<GatewayInputs> {
  const written = await readTenant(join(directory, "tenant.yaml"), environmentName);
  const tenant = fillKnownKeywords(written, environment).document;
  const problems = new Problems("");
  const { routes, rules } = await readRules(directory, environment, problems);
  if (routes.parsed === undefined || rules.parsed === undefined) throw refuse(problems.toError().problems);
  return {
    tenant,
    routes: routes.parsed,
    routesFile: routes.file,
    billing: rules.parsed,
    stripeJson: rules.file,
    environment,
  };
}

export function refuse(problems: readonly string[], cause?: unknown): CommandError {
  const list = problems.map((problem) => `  ${problem}`).join("\n");
  return usageError("GATEWAYS_CONFIGURATION", `Nothing was written:\n${list}`, cause);
}
