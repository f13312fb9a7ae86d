import { readFile } from "node:fs/promises";
import Stripe from "stripe";
import type { RunResult } from "../../../local/auth0/actions/runtime/protocol.ts";
import type { Tenant } from "../../../local/auth0/tenant.ts";
import type { MovableClock } from "../../../local/clock.ts";
import { CommandError } from "../../command.ts";
import type { TenantConnection } from "../../deploy/connect.ts";
import type { LiveTenant } from "../../deploy/kinds/live-tenant.ts";
import { createFetch } from "../../http/trusting-fetch.ts";
import type { Services } from "../../local/start-services.ts";
import { readFixtures } from "../../own-rows/fixtures.ts";
import type { TenantDocument } from "../../tenant/document.ts";
import type { LoginRow } from "../row.ts";
import type { Context } from "./context.ts";
import { findDeviations } from "./find-deviations.ts";
import type { Observation } from "./observation.ts";
import { observe } from "./observe.ts";
import { openClients } from "./open-clients.ts";
import { listScenarios } from "./scenarios/list-scenarios.ts";
import type { OwnStep, PromisedStep, Scenario } from "./scenarios/scenario.ts";
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
  /** What runs of Actions come to, as it grows. */
  readonly results: readonly RunResult[];
  /** The tenant's. */
  readonly clock: MovableClock;
  /** After those that every project has. */
  readonly ownScenarios: readonly Scenario<OwnStep>[];
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
  for (const scenario of [...listScenarios(context.fixtures), ...options.ownScenarios]) {
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
  results,
  clock,
}: LoginsOptions): Promise<Context> {
  const fixtures = readFixtures(document, paidScopes);
  const ca = await readFile(services.tenant.caFile, "utf8");
  const fetch = createFetch(ca);
  const { management } = connection;
  const context: Context = {
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
    results,
    async at(time, work) {
      if (time === undefined) return work(context);
      const ahead = time - clock.now();
      haveBeenLive(services.tenant.tenant, time);
      clock.advance(ahead);
      try {
        const clients = await openClients(fixtures, live, management, fetch, Math.round(ahead / 1000));
        return await work({ ...context, clients });
      } finally {
        clock.advance(-ahead);
      }
    },
    roleIds: new Map(live.role.map(({ name, id }) => [name, id])),
    ca,
  };
  return context;
}

/** A version is live from its deploy on, which was a moment ago; a login of an earlier time is to meet the same Actions. */
function haveBeenLive({ state, actionBuilds }: Tenant, time: number): void {
  const requested_at = time - actionBuilds.deployingFor;
  for (const version of state.actionVersions.values())
    if (version.requested_at > requested_at) state.actionVersions.set(version.id, { ...version, requested_at });
}

async function runScenario(context: Context, scenario: Scenario<PromisedStep | OwnStep>): Promise<readonly LoginRow[]> {
  const { person, prepare, steps } = scenario;
  const { email = person && `${person}@example.com` } = scenario;
  const visitor = newVisitor(context, email ?? "nobody@example.com");
  const rows: LoginRow[] = [];
  let isReady = false;
  for (const step of steps) {
    const { name, story, at, run } = step;
    const row = { section: "logins", name, story } as const;
    try {
      if (!isReady) await prepare?.(context, visitor);
      isReady = true;
      const seen = await context.at(at, (then) =>
        observe(then, email === undefined ? undefined : visitor, () => run(then, visitor)),
      );
      rows.push({ ...row, seen, problems: findProblems(seen, step) });
    } catch (error) {
      // One that breaks is a wrong row, and the others still tell something. The kind alone: a text may quote its input.
      rows.push({ ...row, problems: [describeFailure(error)] });
      context.services.stripe.faults.clear();
    }
  }
  return rows;
}

const findProblems = (seen: Observation, step: PromisedStep | OwnStep): readonly string[] =>
  "expected" in step ? findDeviations(seen, step.expected) : step.findProblems(seen);

/** Of what was not foreseen, its kind and code (openid-client has one for each check that fails): its text may quote a token. */
function describeFailure(error: unknown): string {
  if (error instanceof CommandError) return error.message;
  if (!(error instanceof Error)) return `broke off: ${typeof error} thrown`;
  const code = "code" in error && typeof error.code === "string" ? ` ${error.code}` : "";
  return `broke off: ${error.name}${code}`;
}
