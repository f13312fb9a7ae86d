import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseEnv } from "node:util";
import type { RunResult } from "../../local/auth0/actions/runtime/protocol.ts";
import { createMovableClock } from "../../local/clock.ts";
import { readBillingRules } from "../build/billing.ts";
import { CommandError, EXIT } from "../command.ts";
import type { LogLine } from "../deploy/cli/log-lines.ts";
import { type Deployment, deployProject } from "../deploy/deploy-project.ts";
import { prepareProject } from "../deploy/prepare.ts";
import { environmentOf } from "../local/environment-of.ts";
import type { NamedHost } from "../local/parse-hosts.ts";
import { startServices, verifyEmailUrl } from "../local/start-services.ts";
import { readOwnRows } from "../own-rows/read-own-rows.ts";
import { ACTION_PERMISSIONS } from "../stripe/restricted-keys.ts";
import type { Environment } from "../tenant/read-environment.ts";
import { listInventory } from "./list-inventory.ts";
import { rehearseLogins } from "./logins/rehearse-logins.ts";
import { listOwnScenarios } from "./logins/scenarios/list-own-scenarios.ts";
import type { InventoryRow, LoginRow, Row } from "./row.ts";

export interface RehearseOptions {
  /** The project's folder. Keys and certificates are those of `.local/`; what tenant and Stripe hold is in memory only. */
  readonly directory: string;
  /** What Actions can call besides Stripe. */
  readonly hosts: readonly NamedHost[];
  readonly onProgress: (line: LogLine) => void;
  readonly onLogin: (row: LoginRow) => void;
}

/**
 * Deploys this checkout to a tenant of its own, as `npm run deploy` would, looks at what that tenant then holds, and logs in
 * to it. The environment is .env.example alone: a rehearsal never sees the credentials of a real tenant, or of Stripe.
 *
 * A deploy that fails is a row, and so is a tenant.yaml that nobody can log in to. What nobody foresaw is thrown, and so is
 * an interruption.
 *
 * @throws {CommandError} REHEARSAL_ROW_REFUSED
 */
export async function rehearse({ directory, hosts, onProgress, onLogin }: RehearseOptions): Promise<readonly Row[]> {
  const example = parseEnv(await readFile(join(directory, ".env.example"), "utf8")) as Environment;
  const clock = createMovableClock();
  const ownScenarios = listOwnScenarios(await readOwnRows(directory, clock.now()));
  const lines: string[] = [];
  const results: RunResult[] = [];
  const services = await startServices({
    project: directory,
    directory: join(directory, ".local"),
    stripeKeys: [{ secret: example.STRIPE_SECRET_KEY ?? "", permissions: ACTION_PERMISSIONS }],
    log: (line) => lines.push(line),
    hosts,
    tenant: {
      clock: clock.now,
      onRun: (_, result) => results.push(result),
    },
  });
  const rows: Row[] = [];
  try {
    const started = performance.now();
    const { tenant } = services;
    const environment = { ...example, ...environmentOf(tenant), VERIFY_EMAIL_URL: verifyEmailUrl(tenant.domain) };
    const prepared = await prepareProject({ directory, environment });
    const deployment = await deployProject({ prepared, confirm: async () => "unasked", onProgress });
    const { connection, desired } = prepared;
    const { live } = deployment;
    const { document } = desired;
    rows.push(describeDeploy(deployment, performance.now() - started), ...listInventory(desired, live));
    const rules = await readBillingRules(join(directory, "stripe.json"));
    const paidScopes = [...(rules?.paid.keys() ?? [])];
    const tried = { document, live, paidScopes, connection, services, lines, results, clock, ownScenarios };
    rows.push(...(await rehearseLogins({ ...tried, onRow: onLogin })));
    return rows;
  } catch (error) {
    // An interruption and wrong use are not findings.
    if (!(error instanceof CommandError) || error.exitCode !== EXIT.failure) throw error;
    const name = rows.length === 0 ? "deploy" : "logins";
    return [...rows, { section: "deploy", name, facts: {}, problems: [`${error.message} [${error.code}]`] }];
  } finally {
    await services.close();
  }
}

function describeDeploy({ peakMemory }: Deployment, milliseconds: number): InventoryRow {
  const facts = {
    seconds: Number((milliseconds / 1000).toFixed(1)),
    // Of the Deploy CLI's process, if there was something for it.
    ...(peakMemory > 0 && { megabytes: Math.round(peakMemory / 1e6) }),
  };
  return { section: "deploy", name: "deploy", facts, problems: [] };
}
