import { openAuthorizer } from "../authorizer/run-authorizer.ts";
import { planExample } from "../example/plan-example.ts";
import { EXAMPLE, serveExample } from "../example/serve-example.ts";
import type { Environment } from "../tenant/read-environment.ts";
import type { LiveProject } from "./live-project.ts";
import { prepareAccount } from "./prepare-account.ts";

export interface EdgeOptions {
  readonly directory: string;
  readonly environment: Environment;
  readonly live: LiveProject;
  readonly log: (line: string) => void;
}

/** What stands in front of an API: who decides and counts, who hears from Stripe, and a page with an API to try it. */
export interface Edge {
  readonly authorizerUrl: string;
  /** Where people pay; undefined where tenant.yaml has no application for that page. */
  readonly portalUrl: string | undefined;
  /** Undefined where tenant.yaml has no single-page application, or no API. */
  readonly pageUrl: string | undefined;
  close(): Promise<void>;
}

/** @throws {CommandError} AUTHORIZER_CONFIGURATION, AUTHORIZER_PORT_TAKEN, METERING_LOCKED, EXAMPLE_PORT_TAKEN */
export async function openEdge({ directory, environment, live, log }: EdgeOptions): Promise<Edge> {
  const settings = { ...(await readApplications(live)), ...(await prepareAccount(environment)) };
  const authorizer = await openAuthorizer(directory, { ...environment, ...settings }, log);
  try {
    const { desired, connection } = live.prepared;
    const plan = planExample(desired.document, connection.domain, live.live.client);
    // Its API asks the authorizer's own gateway, so that what it answers is billed with the rest.
    const example = plan && (await serveExample({ ...plan, directory: EXAMPLE, gateway: authorizer.gateway }));
    return {
      authorizerUrl: authorizer.url,
      portalUrl: "PORTAL_CLIENT_ID" in settings ? environment.PORTAL_URL : undefined,
      pageUrl: example?.origin,
      async close() {
        await example?.close();
        await authorizer.stop();
      },
    };
  } catch (error) {
    await authorizer.stop();
    throw error;
  }
}

/** What the authorizer does at the tenant it does as an application; without one it does not do that. */
const APPLICATIONS = { "Billing Webhooks": "WEBHOOK", "Billing Portal": "PORTAL" } as const;

async function readApplications({ prepared, live }: LiveProject): Promise<Environment> {
  const entries = Object.entries(APPLICATIONS).map(async ([application, prefix]) => {
    const id = live.client.find(({ name }) => name === application)?.id;
    if (id === undefined) return {};
    const { client_secret: secret = "" } = await prepared.connection.management.clients.get(id);
    return { [`${prefix}_CLIENT_ID`]: id, [`${prefix}_CLIENT_SECRET`]: secret };
  });
  return Object.assign({}, ...(await Promise.all(entries)));
}
