import { join } from "node:path";
import { EXIT } from "./command.ts";
import type { Invocation } from "./commands.ts";
import { listMissingScopes, readGrantedScopes } from "./deploy/checks/check-scopes.ts";
import { renderScopes, renderScopesJson } from "./deploy/checks/render-scopes.ts";
import { listRequiredScopes } from "./deploy/checks/required-scopes.ts";
import { connectToTenant } from "./deploy/connect.ts";
import { parseDeletion } from "./deploy/plan/plan-deletions.ts";
import { readTenantAccess } from "./deploy/tenant-access.ts";
import { readEnvironment } from "./tenant/read-environment.ts";
import { readTenant } from "./tenant/read-tenant.ts";
import { createPaint } from "./terminal/paint.ts";

export async function run({ options, directory, processEnv }: Invocation<"scopes">): Promise<number> {
  const environment = await readEnvironment({ directory, name: options.env, processEnv });
  const tenant = await readTenant(join(directory, "tenant.yaml"), options.env);
  const required = listRequiredScopes({
    document: tenant.document,
    purpose: options["plan-only"] ? "plan" : "deploy",
    deletions: options["allow-delete"].map(parseDeletion),
  });
  // A new team asks before it has a client: no credentials at all is not a mistake here, half of them is.
  const hasCredentials = environment.AUTH0_CLIENT_ID || environment.AUTH0_CLIENT_SECRET;
  const connection = hasCredentials ? await connectToTenant(await readTenantAccess(environment, tenant)) : undefined;
  const granted = connection === undefined ? undefined : readGrantedScopes(connection.accessToken);
  const report = { required, granted, domain: connection?.domain };
  console.log(options.json ? renderScopesJson(report) : renderScopes(report, createPaint(process.stdout)));
  return granted !== undefined && listMissingScopes(required, granted).length > 0 ? EXIT.usage : EXIT.success;
}
