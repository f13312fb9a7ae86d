import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { parseBillingRules } from "../../gateways/authorizer/billing/rules.ts";
import { ConfigurationError } from "../../gateways/authorizer/problems.ts";
import { parseRoutes } from "../../gateways/authorizer/routes/route.ts";
import { CommandError, EXIT } from "../command.ts";
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
  const problems: string[] = [];
  const routesFile = await readParsed(join(directory, environment.ROUTES_FILE || "routes.yaml"), parse, problems);
  const rulesFile = join(directory, environment.STRIPE_RULES_FILE || "stripe.json");
  const stripeJson = await readParsed(rulesFile, (text) => JSON.parse(text) as unknown, problems);
  const routes = collect(() => parseRoutes(routesFile), problems);
  const billing = collect(() => parseBillingRules(stripeJson), problems);
  if (routes === undefined || billing === undefined || problems.length > 0) throw refuse(problems);
  return { tenant, routes, routesFile, billing, stripeJson, environment };
}

export function refuse(problems: readonly string[], cause?: unknown): CommandError {
  const list = problems.map((problem) => `  ${problem}`).join("\n");
  return new CommandError("GATEWAYS_CONFIGURATION", `Nothing was written:\n${list}`, { exitCode: EXIT.usage, cause });
}

async function readParsed(file: string, parseText: (text: string) => unknown, problems: string[]): Promise<unknown> {
  try {
    return parseText(await readFile(file, "utf8"));
  } catch (error) {
    problems.push(`${file}: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

function collect<T>(parseValue: () => T, problems: string[]): T | undefined {
  // What could not be read has been said already.
  if (problems.length > 0) return undefined;
  try {
    return parseValue();
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
}
