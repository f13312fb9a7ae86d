import { readFile } from "node:fs/promises";
import Stripe from "stripe";
import { CommandError } from "../../command.ts";
import type { TenantConnection } from "../../deploy/connect.ts";
import type { LiveTenant } from "../../deploy/kinds/live-tenant.ts";
import { createFetch } from "../../http/trusting-fetch.ts";
import type { Services } from "../../local/start-services.ts";
import type { TenantDocument } from "../../tenant/document.ts";
import type { LoginRow } from "../row.ts";
import type { Context } from "./context.ts";
import { findDeviations } from "./find-deviations.ts";
import { readFixtures } from "./fixtures.ts";
import { observe } from "./observe.ts";
import { openClients } from "./open-clients.ts";
import { listScenarios } from "./scenarios/list-scenarios.ts";
import type { Scenario } from "./scenarios/scenario.ts";
import { newVisitor } from "./steps.ts";

export interface LoginsOptions {
  /** tenant.yaml with its keywords filled, and the tenant that it was deployed to. */
  readonly document: TenantDocument;
  readonly live: LiveTenant;
  /** What stripe.json lists. */
  readonly paidScopes: readonly string[];
  readonly connection: TenantConnection;
  readonly services: Services;
  /** What the tenant logs, as it grows. */
  readonly lines: readonly string[];
  readonly onRow: (row: LoginRow) => void;
}

/**
 * Runs all scenarios, one after the other: they share a Stripe that faults are put on.
 *
 * @throws {CommandError} REHEARSAL_FIXTURES_INCOMPLETE
 */
export async function rehearseLogins(options: LoginsOptions): Promise<readonly LoginRow[]> {
  const context = await openContext(options);
  const rows: LoginRow[] = [];
  for (const scenario of listScenarios(context.fixtures)) {
    for (const row of await runScenario(context, scenario)) {
      rows.push(row);
      options.onRow(row);
    }
  }
  return rows;
}

async function openContext({
  document,
  live,
  paidScopes,
  connection,
  services,
  lines,
}: LoginsOptions): Promise<Context> {
  const fixtures = readFixtures(document, paidScopes);
  const ca = await readFile(services.tenant.caFile, "utf8");
  const fetch = createFetch(ca);
  const { management } = connection;
  return {
    fixtures,
    services,
    clients: await openClients(fixtures, live, management, fetch),
    management,
    stripe: new Stripe(services.stripeKey, {
      host: "localhost",
      port: services.stripe.port,
      telemetry: false,
      maxNetworkRetries: 0,
      httpClient: Stripe.createFetchHttpClient(fetch),
    }),
    fetch,
    lines,
    roleIds: new Map(live.role.map(({ name, id }) => [name, id])),
    ca,
  };
}

async function runScenario(context: Context, { person, prepare, steps }: Scenario): Promise<readonly LoginRow[]> {
  const visitor = newVisitor(context, person ?? "nobody");
  const rows: LoginRow[] = [];
  let isReady = false;
  for (const { name, story, run, expected } of steps) {
    const row = { section: "logins", name, story } as const;
    try {
      if (!isReady) await prepare?.(context, visitor);
      isReady = true;
      const seen = await observe(context, person === undefined ? undefined : visitor, () => run(context, visitor));
      rows.push({ ...row, seen, problems: findDeviations(seen, expected) });
    } catch (error) {
      // One that breaks is a wrong row, and the others still tell something. The kind alone: a text may quote its input.
      rows.push({ ...row, problems: [describeFailure(error)] });
      context.services.stripe.faults.clear();
    }
  }
  return rows;
}

/** Of what was not foreseen, its kind and code (openid-client has one for each check that fails): its text may quote a token. */
function describeFailure(error: unknown): string {
  if (error instanceof CommandError) return error.message;
  if (!(error instanceof Error)) return `broke off: ${typeof error} thrown`;
  const code = "code" in error && typeof error.code === "string" ? ` ${error.code}` : "";
  return `broke off: ${error.name}${code}`;
}
