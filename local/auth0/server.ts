import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Hono } from "hono";
import type { Geolocation } from "../../types/auth0-actions/event.d.ts";
import { type Clock, systemClock } from "../clock.ts";
import { ensureCertificateAuthority } from "../http/certificate-authority.ts";
import { listen } from "../http/listen.ts";
import type { HostMap } from "../network/host-map.ts";
import { openJournal } from "../state/journal.ts";
import { type ActionBuildSettings, DEFAULT_BUILD_SETTINGS } from "./actions/build/build.ts";
import { resumeBuilds } from "./actions/build/request-build.ts";
import { type ActionsOptions, createActions } from "./actions/create-actions.ts";
import { createPackages } from "./actions/packages/packages.ts";
import type { ActionsSettings } from "./actions/settings.ts";
import { createInFlight } from "./authentication/in-flight.ts";
import { type DeployingClient, ensureSystemResources } from "./bootstrap.ts";
import { createEventStreams } from "./event-streams/create-event-streams.ts";
import type { EventStreamsSettings } from "./event-streams/settings.ts";
import { createGeolocation } from "./geolocation.ts";
import { createLogStreams, type LogStreamsSettings } from "./log-streams/create-log-streams.ts";
import { createTenantLogs, MOST_ENTRIES } from "./logs.ts";
import type { RateLimit } from "./management/rate-limit.ts";
import { listEndpoints, listManagementScopes } from "./management/resources.ts";
import { openSigningKeys } from "./signing-keys.ts";
import { openTenantState } from "./state/tenant-state.ts";
import type { Tenant } from "./tenant.ts";
import { createTenantApp } from "./tenant-app.ts";

export interface LocalTenantOptions {
  /** Holds the certificate authority and the signing keys, made once and shared by the tenants of this machine. */
  readonly directory: string;
  /** The project's folder: Actions load the packages that are installed in it, and others are installed below it. */
  readonly project: string;
  /** Where the tenant's state is saved; without it the state ends with the server. */
  readonly stateFile?: string;
  /** 0 takes any free port. */
  readonly port?: number;
  /** Host and port by which clients reach the tenant when a proxy stands before it; otherwise its own. */
  readonly domain?: string;
  readonly clock?: Clock;
  readonly rateLimit?: RateLimit;
  /** How long builds of Actions take, and where they get their packages from. */
  readonly actionBuilds?: Partial<ActionBuildSettings>;
  /** The hosts that Actions and event streams can reach, e.g. api.stripe.com on the local Stripe. None unless named. */
  readonly hosts?: HostMap;
  readonly actions?: Partial<ActionsSettings>;
  /** Where requests are said to come from: `event.request.geoip`. */
  readonly geoip?: Geolocation;
  /** Retries and time-outs of event streams. */
  readonly eventStreams?: Partial<EventStreamsSettings>;
  /** Retries and time-outs of log streams. */
  readonly logStreams?: Partial<LogStreamsSettings>;
  /** Says where in the sources of Actions something went wrong. */
  readonly mapPlaces?: ActionsOptions["mapPlaces"];
  /** Is told of every run of Actions, with what came of it. */
  readonly onRun?: ActionsOptions["onRun"];
  /** Is told of every mail and text that the tenant sends. */
  readonly onMessage?: ActionsOptions["onMessage"];
  /** What is served beside the tenant's own endpoints, where those have none. */
  readonly createPages?: (tenant: Tenant) => Hono;
  /** Receives the server's log, a line at a time. */
  readonly log?: (line: string) => void;
}

export interface LocalTenant extends DeployingClient {
  /** The port it listens on, on loopback. */
  readonly port: number;
  /** Host and port, what AUTH0_DOMAIN is set to. */
  readonly domain: string;
  /** PEM file for NODE_EXTRA_CA_CERTS. */
  readonly caFile: string;
  readonly tenant: Tenant;
  close(): Promise<void>;
}

/** Starts a tenant on the loopback interface, over HTTPS. */
export async function startLocalTenant(options: LocalTenantOptions): Promise<LocalTenant> {
  const clock = options.clock ?? systemClock;
  const authority = await ensureCertificateAuthority(join(options.directory, "tls"));
  const tls = await authority.issue("tenant", ["localhost", "127.0.0.1"]);
  const journal = openJournal(options.stateFile, { newest: { logs: MOST_ENTRIES } });
  const ca = await readFile(authority.caFile, "utf8");
  const eventStreams = createEventStreams(() => tenant, {
    hosts: options.hosts ?? {},
    ca,
    settings: options.eventStreams,
  });
  const state = openTenantState(journal, (change) => eventStreams.tell(change));
  const logStreams = createLogStreams(() => tenant, { hosts: options.hosts ?? {}, ca, settings: options.logStreams });
  const signingKeys = await openSigningKeys(join(options.directory, "keys"), state.signingKeys, clock);

  let domain = "";
  const tenant: Tenant = {
    name: "local",
    get domain() {
      return domain;
    },
    get issuer() {
      return `https://${domain}/`;
    },
    clock,
    state,
    signingKeys,
    inFlight: createInFlight(clock),
    actionBuilds: {
      ...DEFAULT_BUILD_SETTINGS,
      packages: createPackages(options.project),
      ...options.actionBuilds,
    },
    actions: createActions(() => tenant, {
      bundles: join(options.directory, "runtime"),
      directory: options.project,
      getHosts: () => ({ ...options.hosts, ...mapOwnHost(domain, listener.port, ca) }),
      settings: options.actions ?? {},
      ...(options.mapPlaces && { mapPlaces: options.mapPlaces }),
      ...(options.onRun && { onRun: options.onRun }),
      ...(options.onMessage && { onMessage: options.onMessage }),
    }),
    geolocation: createGeolocation(options.geoip),
    faults: { current: undefined },
    logs: createTenantLogs(state.logs, clock, logStreams.tell),
    eventStreams,
    log: options.log ?? (() => {}),
  };
  const endpoints = listEndpoints(tenant);
  const app = createTenantApp(tenant, { endpoints, rateLimit: options.rateLimit, createPages: options.createPages });
  const listener = await listen(app, { port: options.port ?? 0, tls });
  domain = options.domain ?? `localhost:${listener.port}`;
  resumeBuilds(tenant);
  const deployingClient = ensureSystemResources(tenant, listManagementScopes(endpoints));

  return {
    ...deployingClient,
    port: listener.port,
    domain,
    caFile: authority.caFile,
    tenant,
    async close() {
      eventStreams.close();
      logStreams.close();
      tenant.actionBuilds.packages.close();
      await listener.close();
      await tenant.actions.close();
      journal.close();
    },
  };
}

/** Actions call their own tenant, at the port of the public internet too, which is what a name without one means. */
function mapOwnHost(domain: string, port: number, ca: string): HostMap {
  const own = { host: "127.0.0.1", port, ca };
  return { [domain]: own, [domain.replace(/:\d+$/, "")]: own };
}
