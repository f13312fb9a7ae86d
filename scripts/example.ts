import { join } from "node:path";
import { createFetchKeySet } from "../gateways/authorizer/keys/fetch-key-set.ts";
import { openGateway } from "../gateways/open-gateway.ts";
import { EXIT, usageError } from "./command.ts";
import type { Invocation } from "./commands.ts";
import { connectToTenant } from "./deploy/connect.ts";
import { readLiveKinds } from "./deploy/live/read-live-tenant.ts";
import { readTenantAccess } from "./deploy/tenant-access.ts";
import { planExample } from "./example/plan-example.ts";
import { EXAMPLE, serveExample } from "./example/serve-example.ts";
import { createFetch } from "./http/trusting-fetch.ts";
import { fillKeywords } from "./tenant/keywords.ts";
import { readEnvironment } from "./tenant/read-environment.ts";
import { readTenant } from "./tenant/read-tenant.ts";
import { waitForStop } from "./terminal/wait-for-stop.ts";

export async function run({ options, directory, processEnv }: Invocation<"example">): Promise<number> {
  const environment = await readEnvironment({ directory, name: options.env, processEnv });
  const tenant = await readTenant(join(directory, "tenant.yaml"), options.env);
  const access = await readTenantAccess(environment, tenant, "credentials");
  const { document } = fillKeywords(tenant, environment);
  const { management, domain } = await connectToTenant(access);
  const live = await readLiveKinds(management, domain, document, ["client"]);

  const plan = planExample(document, domain, live.client);
  if (plan === undefined) {
    throw usageError(
      "EXAMPLE_NOT_DEPLOYED",
      `${domain} does not have the single-page application and the API of tenant.yaml. Run npm run deploy first.`,
    );
  }
  const issuer = `https://${domain}/`;
  const gateway = openGateway({
    issuer,
    audience: plan.config.audience,
    fetchKeySet: createFetchKeySet(new URL(`${issuer}.well-known/jwks.json`), { fetch: createFetch(access.ca?.pem) }),
  });
  const example = await serveExample({ ...plan, directory: EXAMPLE, gateway });
  console.log(`Open ${example.origin} in a browser that trusts the tenant's certificate. Ctrl-C ends it.`);
  await waitForStop();
  await example.close();
  return EXIT.success;
}
