import { join } from "node:path";
import { readGrantedScopes } from "../deploy/checks/check-scopes.ts";
import { connectToTenant } from "../deploy/connect.ts";
import { readTenantAccess } from "../deploy/tenant-access.ts";
import { fillKnownKeywords } from "../tenant/keywords.ts";
import type { Environment } from "../tenant/read-environment.ts";
import { readTenant, type TenantFile } from "../tenant/read-tenant.ts";
import { describeAuthority } from "./check-certificate.ts";
import { checkClock } from "./check-clock.ts";
import { checkNode } from "./check-node.ts";
import { checkPorts } from "./check-ports.ts";
import { checkGrantedScopes } from "./check-scopes.ts";
import { checkStripe } from "./check-stripe.ts";
import { type Diagnosis, diagnose } from "./diagnosis.ts";

export interface Examined {
  /** The project's folder. */
  readonly directory: string;
  readonly environment: Environment;
  readonly environmentName: string | undefined;
  /** Of Node: the one that runs, and what package.json asks for. */
  readonly node: { readonly version: string; readonly needed: string };
  /** Milliseconds. */
  readonly now: () => number;
}

/** Looks at everything that a command needs. What cannot be looked at for what is wrong before it is left out. */
export async function examine(examined: Examined): Promise<readonly Diagnosis[]> {
  const { directory, environment, environmentName, node, now } = examined;
  const file = await diagnose("tenant.yaml", async () => ({
    message: `read, in ${directory}`,
    found: await readTenant(join(directory, "tenant.yaml"), environmentName),
  }));
  const certificate = await diagnose("certificate", async () => ({
    message: await describeAuthority(environment, now()),
    found: true,
  }));
  return [
    checkNode(node.version, node.needed),
    ...(await checkPorts(environment)),
    file.diagnosis,
    certificate.diagnosis,
    ...(file.found && certificate.found ? await examineTenant(file.found, examined) : []),
  ];
}

async function examineTenant(tenant: TenantFile, { environment, now }: Examined): Promise<readonly Diagnosis[]> {
  // Who has no tenant yet has nothing wrong; half of the credentials are.
  if (!environment.AUTH0_DOMAIN && !environment.AUTH0_CLIENT_ID && !environment.AUTH0_CLIENT_SECRET) {
    return [{ check: "tenant", status: "unknown", message: "not asked: AUTH0_DOMAIN and the client are not set" }];
  }
  const { diagnosis, found } = await diagnose("tenant", async () => {
    const access = await readTenantAccess(environment, tenant);
    const { accessToken } = await connectToTenant(access);
    return {
      message: `${access.domain} lets the client in`,
      found: { access, granted: readGrantedScopes(accessToken) },
    };
  });
  if (found === undefined) return [diagnosis];
  const { access, granted } = found;
  const { document } = fillKnownKeywords(tenant, environment);
  return [
    diagnosis,
    await checkClock(access, now),
    checkGrantedScopes(document, granted),
    ...(await checkStripe({
      document,
      domain: access.domain,
      ca: access.ca?.pem,
      environment,
      allowSecretKey: false,
      skipStripeCheck: false,
    })),
  ];
}
