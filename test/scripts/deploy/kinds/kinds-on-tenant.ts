import { readFileSync } from "node:fs";
import { ManagementClient } from "auth0";
import type { LocalTenant } from "../../../../local/auth0/server.ts";
import { applyPlan } from "../../../../scripts/deploy/apply/apply-plan.ts";
import { connectToTenant } from "../../../../scripts/deploy/connect.ts";
import { deriveDigestKey, digestSecrets } from "../../../../scripts/deploy/kinds/action/marker.ts";
import type { Fields } from "../../../../scripts/deploy/kinds/live-record.ts";
import type { LiveTenant } from "../../../../scripts/deploy/kinds/live-tenant.ts";
import { readLiveTenant } from "../../../../scripts/deploy/live/read-live-tenant.ts";
import type { Plan } from "../../../../scripts/deploy/plan/change.ts";
import type { Desired, DesiredAction } from "../../../../scripts/deploy/plan/desired.ts";
import { type DeletionRequest, parseDeletion } from "../../../../scripts/deploy/plan/plan-deletions.ts";
import { planTenant } from "../../../../scripts/deploy/plan/plan-tenant.ts";
import type { TenantDocument } from "../../../../scripts/tenant/document.ts";
import { trustingFetch } from "../../../support/fetch.ts";
import { startTestTenant } from "../../../support/local-tenant.ts";

const DIGEST_KEY = deriveDigestKey({ clientSecret: "of-the-deploying-client" });

interface Sent {
  readonly method: string;
  /** Below `/api/v2`, without the query. */
  readonly path: string;
  readonly body?: unknown;
}

interface Wish {
  readonly actions?: readonly DesiredAction[];
  /** As `--allow-delete` takes them. */
  readonly deletions?: readonly string[];
  readonly writeSecrets?: readonly string[];
  /** Is told of each change that is written. */
  readonly onReport?: (text: string) => void;
}

/** What becomes of a request: its answer is lost, another answer comes, or first something else happens. */
type Fate = "lost after" | Response | (() => unknown) | undefined;

/** The kinds that a deploy writes itself, in this process: no build, no keywords, and no process of the Deploy CLI. */
export interface KindsOnTenant {
  readonly tenant: LocalTenant;
  readonly management: ManagementClient;
  /** Writes since the last call, as `["PATCH /roles/:id", body]`. */
  takeWrites(): readonly (readonly unknown[])[];
  /** Requests that read, since the last call of `takeWrites`, with their query. */
  listReads(): readonly string[];
  /** Decides on each request, until it is called again. */
  decide(fateOf: (request: Sent) => Fate): void;
  desire(document: TenantDocument, wish?: Wish): Desired;
  read(document: TenantDocument, sections?: Fields): Promise<LiveTenant>;
  plan(document: TenantDocument, wish?: Wish): Promise<Plan>;
  /** Resolves to what was said of it: `created role reader`. */
  deploy(document: TenantDocument, wish?: Wish): Promise<readonly string[]>;
}

export async function startKindsOnTenant(): Promise<KindsOnTenant> {
  const tenant = await startTestTenant({
    actionBuilds: { pendingFor: 0, buildingFor: 0, retryingFor: 0, deployingFor: 0 },
  });
  const { domain, clientId, clientSecret, caFile } = tenant;
  const ca = { file: caFile, pem: readFileSync(caFile, "utf8") };
  const connection = await connectToTenant({ domain, clientId, clientSecret, ca });
  const send = trustingFetch(tenant);
  let writes: Sent[] = [];
  let reads: string[] = [];
  let decide: (request: Sent) => Fate = () => undefined;
  const management = new ManagementClient({
    domain,
    token: connection.accessToken,
    maxRetries: 0,
    // Its fetch does not heed it, and its timer would outlive a request that fails.
    timeoutInSeconds: 0.1,
    async fetch(input, init) {
      const { pathname, search } = new URL(input instanceof Request ? input.url : String(input));
      const method = init?.method ?? "GET";
      const path = pathname.replace("/api/v2", "");
      const request = {
        method,
        path,
        ...(typeof init?.body === "string" && { body: JSON.parse(init.body) as unknown }),
      };
      if (method === "GET") reads.push(`${path}${search}`);
      else writes.push(request);
      const fate = decide(request);
      if (fate instanceof Response) return fate;
      if (typeof fate === "function") await fate();
      const answer = await send(input, init);
      if (fate === "lost after") throw new TypeError("fetch failed");
      return answer;
    },
  });
  const desire = (document: TenantDocument, { actions = [], writeSecrets = [] }: Wish = {}): Desired => ({
    document,
    actions,
    owner: "this-project",
    writeSecrets,
    digestSecrets: (secrets) => digestSecrets(DIGEST_KEY, secrets),
  });
  const read = (document: TenantDocument, sections: Fields = {}) =>
    readLiveTenant(management, domain, document, async () => sections);
  const deletionsOf = ({ deletions = [] }: Wish = {}): readonly DeletionRequest[] => deletions.map(parseDeletion);
  return {
    tenant,
    management,
    takeWrites() {
      const taken = writes.map(({ method, path, body }) => [
        `${method} ${path.replaceAll(/\/([a-z]{2,4}_\w{10,}|\w{20,}|[\da-f-]{36})(?=\/|$)/g, "/:id")}`,
        ...(body === undefined ? [] : [body]),
      ]);
      [writes, reads] = [[], []];
      return taken;
    },
    listReads: () => reads,
    decide(fateOf) {
      decide = fateOf;
    },
    desire,
    read,
    plan: async (document, wish) => planTenant(desire(document, wish), await read(document), deletionsOf(wish)),
    async deploy(document, wish) {
      const desired = desire(document, wish);
      const live = await read(document);
      const plan = planTenant(desired, live, deletionsOf(wish));
      const said: string[] = [];
      await applyPlan({
        plan,
        desired,
        live,
        connection: { ...connection, management },
        onProgress({ text }) {
          said.push(text);
          wish?.onReport?.(text);
        },
      });
      return said;
    },
  };
}
