import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { type BillingRules, parseBillingRules } from "./authorizer/billing/rules.ts";
import { ConfigurationError, type Problems } from "./authorizer/problems.ts";
import { parseRoutes, type Route } from "./authorizer/routes/route.ts";

/** A file as it was read, and what it means; undefined where something is wrong with it, which was added to the problems. */
interface Read<T> {
  readonly file: unknown;
  readonly parsed: T | undefined;
}

/** What the API offers and what costs money: routes.yaml and stripe.json, or the files that the environment names in their place. */
export async function readRules(
  directory: string,
  environment: Readonly<Record<string, string | undefined>>,
  problems: Problems,
): Promise<{ readonly routes: Read<readonly Route[]>; readonly rules: Read<BillingRules> }> {
  const read = async <T>(name: string, parseText: (text: string) => unknown, parseFile: (file: unknown) => T) => {
    const path = join(directory, name);
    try {
      const file = parseText(await readFile(path, "utf8"));
      return { file, parsed: parseFile(file) };
    } catch (error) {
      if (error instanceof ConfigurationError) problems.addAll(error.problems);
      else problems.add(path, error instanceof Error ? error.message : String(error));
      return { file: undefined, parsed: undefined };
    }
  };
  return {
    routes: await read(environment.ROUTES_FILE || "routes.yaml", parse, parseRoutes),
    rules: await read(environment.STRIPE_RULES_FILE || "stripe.json", JSON.parse, parseBillingRules),
  };
}
