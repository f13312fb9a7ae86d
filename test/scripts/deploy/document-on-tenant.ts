import { readFileSync } from "node:fs";
import type { LocalTenant } from "../../../local/auth0/server.ts";
import { connectToTenant, type TenantConnection } from "../../../scripts/deploy/connect.ts";
import { type Deployment, deployProject, planProject } from "../../../scripts/deploy/deploy-project.ts";
import { deriveDigestKey, digestSecrets } from "../../../scripts/deploy/kinds/action/marker.ts";
import type { Plan } from "../../../scripts/deploy/plan/change.ts";
import type { DesiredAction } from "../../../scripts/deploy/plan/desired.ts";
import type { DeletionRequest } from "../../../scripts/deploy/plan/plan-deletions.ts";
import type { Prepared } from "../../../scripts/deploy/prepare.ts";
import type { TenantDocument } from "../../../scripts/tenant/document.ts";
import { startTestTenant } from "../../support/local-tenant.ts";

const DIGEST_KEY = deriveDigestKey({ clientSecret: "of-the-deploying-client" });

interface DeployOptions {
  /** As built; the document has entries of the same names. */
  readonly actions?: readonly DesiredAction[];
  readonly deletions?: readonly DeletionRequest[];
  readonly onProgress?: (text: string) => void;
  readonly writeSecrets?: readonly string[];
}

/** Documents on a tenant of its own: no build, no keywords. */
export interface DocumentOnTenant {
  readonly tenant: LocalTenant;
  readonly connection: TenantConnection;
  plan(document: TenantDocument, actions?: readonly DesiredAction[]): Promise<Plan>;
  deploy(document: TenantDocument, options?: DeployOptions): Promise<Deployment>;
}

/** @param lacking scopes of the Management API that the deploying client is not granted */
export async function startDocumentOnTenant(lacking: readonly string[] = []): Promise<DocumentOnTenant> {
  const tenant = await startTestTenant();
  const { clientGrants } = tenant.tenant.state;
  const grant = clientGrants.find(({ client_id }) => client_id === tenant.clientId)!;
  clientGrants.set(grant.id, { ...grant, scope: grant.scope.filter((scope) => !lacking.includes(scope)) });
  const { domain, clientId, clientSecret, caFile: file } = tenant;
  const ca = { file, pem: readFileSync(file, "utf8") };
  const connection = await connectToTenant({ domain, clientId, clientSecret, ca }, { pause: 10 });
  const prepare = (
    document: TenantDocument,
    actions: readonly DesiredAction[] = [],
    writeSecrets: readonly string[] = [],
  ): Prepared => ({
    directory: import.meta.dirname,
    desired: {
      document,
      actions,
      owner: "this-project",
      writeSecrets,
      digestSecrets: (secrets) => digestSecrets(DIGEST_KEY, secrets),
    },
    build: { ok: true, actions: [], findings: [] },
    connection,
    warnings: [],
  });
  return {
    tenant,
    connection,
    plan: async (document, actions) => (await planProject(prepare(document, actions))).plan,
    deploy: (document, { actions, deletions = [], onProgress, writeSecrets } = {}) =>
      deployProject({
        prepared: prepare(document, actions, writeSecrets),
        deletions,
        confirm: async () => true,
        onProgress: ({ text }) => onProgress?.(text),
      }),
  };
}

/** Stands for whatever goes wrong after a write: for `onProgress`. */
export const failAfter = (reported: string) => (text: string) => {
  if (text === reported) throw new Error("something went wrong");
};
