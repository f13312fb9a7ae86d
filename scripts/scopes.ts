import { join } from "node:path";
import { EXIT, runCommand } from "./command.ts";
import { listMissingScopes, readGrantedScopes } from "./deploy/checks/check-scopes.ts";
import { renderScopes, renderScopesJson } from "./deploy/checks/render-scopes.ts";
import { listRequiredScopes } from "./deploy/checks/required-scopes.ts";
import { connectToTenant } from "./deploy/connect.ts";
import { parseDeletion } from "./deploy/plan/plan-deletions.ts";
import { readTenantAccess } from "./deploy/tenant-access.ts";
import { readEnvironment } from "./tenant/read-environment.ts";
import { readTenant } from "./tenant/read-tenant.ts";
import { readOptions } from "./terminal/options.ts";
import { createPaint } from "./terminal/paint.ts";

const USAGE = `Usage: npm run scopes -- [--env <name>] [--plan-only] [--allow-delete=<type>:<name>]... [--json]

Lists the scopes of the Management API that a client needs to deploy this tenant.yaml, and no others. With credentials in
the environment it also says which of them the client has; without, it needs no tenant.

  --env <name>                  use environments/<name>.env as well
  --plan-only                   what npm run plan and npm run status need: a client that only reads
  --allow-delete=<type>:<name>  what deleting this needs as well
  --json                        print it as JSON, and nothing else

Exits 0 when nothing is missing or nobody was asked about, 2 when the client lacks a scope.`;

await runCommand(async () => {
  const options = readOptions(USAGE, {
    env: { type: "string" },
    "plan-only": { type: "boolean" },
    "allow-delete": { type: "string", multiple: true },
    json: { type: "boolean" },
  });
  if (options === undefined) return EXIT.success;
  const directory = join(import.meta.dirname, "..");
  const environment = await readEnvironment({ directory, name: options.env, processEnv: process.env });
  const tenant = await readTenant(join(directory, "tenant.yaml"), options.env);
  const required = listRequiredScopes({
    document: tenant.document,
    purpose: options["plan-only"] ? "plan" : "deploy",
    deletions: (options["allow-delete"] ?? []).map(parseDeletion),
  });
  // A new team asks before it has a client: no credentials at all is not a mistake here, half of them is.
  const hasCredentials = environment.AUTH0_CLIENT_ID || environment.AUTH0_CLIENT_SECRET;
  const connection = hasCredentials ? await connectToTenant(await readTenantAccess(environment, tenant)) : undefined;
  const granted = connection === undefined ? undefined : readGrantedScopes(connection.accessToken);
  const report = { required, granted, domain: connection?.domain };
  console.log(options.json ? renderScopesJson(report) : renderScopes(report, createPaint(process.stdout)));
  return granted !== undefined && listMissingScopes(required, granted).length > 0 ? EXIT.usage : EXIT.success;
});
