import { join } from "node:path";
import { createFetchKeySet } from "../gateways/authorizer/keys/fetch-key-set.ts";
import { openGateway } from "../gateways/open-gateway.ts";
import { EXIT, usageError } from "./command.ts";
import type { Invocation } from "./commands.ts";
import { checkCallback } from "./example/check-callback.ts";
import { planExample } from "./example/plan-example.ts";
import { readApplication } from "./example/read-application.ts";
import { EXAMPLE, serveExample } from "./example/serve-example.ts";
import { createFetch } from "./http/trusting-fetch.ts";
import { readExample } from "./tenant/checkout-values.ts";
import { fillKnownKeywords } from "./tenant/keywords.ts";
import { readEnvironment } from "./tenant/read-environment.ts";
import { readTenant } from "./tenant/read-tenant.ts";
import { waitForStop } from "./terminal/wait-for-stop.ts";

export async function run({ options, directory, processEnv }: Invocation<"example">): Promise<number> {
  const environment = await readEnvironment({ directory, name: options.env, processEnv });
  const tenant = await readTenant(join(directory, "tenant.yaml"), options.env);
  const values = { ...(await readExample(directory)), ...environment };
  const { document } = fillKnownKeywords(tenant, values);
  const { domain, ca, clients } = await readApplication(environment, tenant, document);

  const plan = planExample(document, domain, clients);
  if (plan === undefined) {
    throw usageError(
      "EXAMPLE_NOT_DEPLOYED",
      `${domain} does not have the single-page application and the API of tenant.yaml. Run npm run deploy first.`,
    );
  }
  const trustingFetch = createFetch(ca?.pem);
  await checkCallback(plan.config, `http://localhost:${plan.port}`, trustingFetch);
  const issuer = `https://${domain}/`;
  const gateway = openGateway({
    issuer,
    audience: plan.config.audience,
    fetchKeySet: createFetchKeySet(new URL(`${issuer}.well-known/jwks.json`), { fetch: trustingFetch }),
  });
  const example = await serveExample({ ...plan, directory: EXAMPLE, gateway });
  console.log(
    options.json
      ? JSON.stringify({ url: example.origin })
      : `Open ${example.origin} in a browser that trusts the tenant's certificate. Ctrl-C ends it.`,
  );
  await waitForStop();
  await example.close();
  return EXIT.success;
}
