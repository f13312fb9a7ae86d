import { rmSync } from "node:fs";
import { join } from "node:path";
import type { TriggerRun } from "../../local/auth0/actions/pipeline/pipeline.ts";
import type { RunResult } from "../../local/auth0/actions/runtime/protocol.ts";
import type { LocalTenantOptions } from "../../local/auth0/server.ts";
import { type Local, openLocal } from "../local/open-local.ts";
import type { NamedHost } from "../local/parse-hosts.ts";
import { readValues } from "../local/read-values.ts";
import type { Environment } from "../tenant/read-environment.ts";
import type { Paint } from "../terminal/paint.ts";
import { createCodeCheck } from "./check-code.ts";
import { ensurePeople } from "./ensure-people.ts";
import { deployAll } from "./live-project.ts";
import { makeCatalogue } from "./make-catalogue.ts";
import { openEdge } from "./open-edge.ts";
import type { Addresses } from "./render-addresses.ts";
import { renderRun, renderSubject } from "./render-run.ts";
import { createSaveQueue } from "./save-queue.ts";
import { createSession } from "./session.ts";
import { watchProject } from "./watch-project.ts";

export interface DevOptions {
  /** The project's folder. */
  readonly directory: string;
  /** Where keys are kept, and what tenant, Stripe and meter hold. */
  readonly state: string;
  /** The tenant's; Stripe listens on the next one. */
  readonly port: number;
  readonly fresh: boolean;
  /** What Actions can call besides Stripe. */
  readonly hosts: readonly NamedHost[];
  /** Where a debugger finds the Actions; undefined: nowhere. */
  readonly inspectPort: number | undefined;
  readonly geoip: NonNullable<LocalTenantOptions["geoip"]>;
  /** The authorizer's. */
  readonly authorizerPort: number;
  /** Of the page; what .env says without it. */
  readonly spaUrl: string | undefined;
  readonly stopped: Promise<void>;
  /** Something happened: a block of lines. */
  readonly print: (text: string) => void;
  /** Once all of it is there. */
  readonly onReady: (addresses: Addresses) => void;
  readonly paint: Paint;
}

/** Milliseconds: what Node's timers can wait. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** A run of Actions, for the next save to be tried with. */
interface Seen {
  readonly run: TriggerRun;
  readonly result: RunResult;
}

/**
 * Runs all that a login passes through, deployed, until `stopped` fulfils; makes each save live and says what the last login comes to
 * with it.
 *
 * @throws {CommandError} of openLocal, deployAll, makeCatalogue and openEdge
 */
export async function runDev(options: DevOptions): Promise<void> {
  const { directory, state, port, authorizerPort, spaUrl, fresh, hosts, geoip, inspectPort, print, paint } = options;
  const metering = join(state, "metering");
  if (fresh) rmSync(metering, { recursive: true, force: true });
  let last: Seen | undefined;
  const local = await openLocal({
    project: directory,
    directory: state,
    port,
    fresh,
    hosts,
    geoip,
    log: (line) => print(paint("dim", line)),
    tenant: {
      // Nobody is to wait for a build that does nothing.
      actionBuilds: { pendingFor: 0, buildingFor: 0 },
      // Who stands at a breakpoint is not to be thrown out of the login.
      actions: inspectPort === undefined ? {} : { inspectPort, triggerTimeout: LONGEST_TIMER },
      onRun(run, result) {
        last = { run, result };
        print(renderRun(run, result, paint));
      },
    },
  });
  try {
    const environment = {
      ...(await readValues(directory, local.access, authorizerPort)),
      METERING_DIRECTORY: metering,
      ...(spaUrl !== undefined && { SPA_URL: spaUrl }),
    };
    await serve(local, environment, options, () => last);
  } finally {
    await local.close();
  }
}

async function serve(
  local: Local,
  environment: Environment,
  { directory, inspectPort, stopped, print, onReady, paint }: DevOptions,
  findLast: () => Seen | undefined,
): Promise<void> {
  const [live] = await Promise.all([deployAll({ directory, environment }), makeCatalogue(directory, environment)]);
  const log = (line: string): void => print(paint("dim", line));
  const people = await ensurePeople(live.prepared.connection.management, live.prepared.desired.document);
  const openWith = (changed: typeof live) => openEdge({ directory, environment, live: changed, log });
  const edge = await openWith(live);
  const check = createCodeCheck(directory, (text, isRight) =>
    print(isRight ? paint("green", text) : paint("red", text)),
  );
  const session = createSession({
    directory,
    environment,
    live,
    edge,
    openEdge: openWith,
    async replayLast() {
      const last = findLast();
      if (last === undefined) return undefined;
      return {
        who: renderSubject(last.run),
        before: last.result,
        after: await local.tenant.tenant.actions.replay(last.run),
      };
    },
    print,
    paint,
  });
  const queue = createSaveQueue(async (changed) => {
    // What it says would be of code that is not there any more, and it would slow the save down.
    check.stop();
    const isLive = await session.save(changed);
    check.start(changed);
    return isLive;
  });
  const watch = watchProject(directory, queue.add);
  try {
    const { domain, caFile, stripe } = local.access;
    const urls = { tenantUrl: `https://${domain}/`, stripeUrl: stripe.url, caFile };
    if (inspectPort !== undefined) await local.tenant.tenant.actions.start();
    onReady({ ...urls, ...edge, people, inspectPort });
    // The first takes seconds: the next ones look at what changed.
    check.start(new Set());
    await session.prepare();
    await stopped;
  } finally {
    check.stop();
    watch.close();
    await queue.close();
    await session.close();
  }
}
