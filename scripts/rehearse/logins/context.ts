import type { ManagementClient } from "auth0";
import type Stripe from "stripe";
import type { RunResult } from "../../../local/auth0/actions/runtime/protocol.ts";
import { type Browser, createBrowser } from "../../../local/http/browser.ts";
import type { Services } from "../../local/start-services.ts";
import type { Fixtures } from "../../own-rows/fixtures.ts";
import type { Clients } from "./open-clients.ts";

export type Management = Pick<ManagementClient, "clientGrants" | "clients" | "organizations" | "roles" | "users">;

/** What the scenarios run against: the tenant as it was deployed, Stripe, and the clients that log in. */
export interface Context {
  readonly fixtures: Fixtures;
  readonly services: Services;
  readonly clients: Clients;
  readonly management: Management;
  /** The real SDK, for looking at the account from outside. */
  readonly stripe: Stripe;
  readonly fetch: typeof fetch;
  /** What the tenant has logged, oldest first: mails are lines there. */
  readonly lines: readonly string[];
  /** What runs of Actions came to, oldest first. */
  readonly results: readonly RunResult[];
  /** Does this while it is that time, in milliseconds since the epoch, for tenant, Actions and clients; undefined: now. */
  readonly at: <T>(time: number | undefined, work: (then: Context) => Promise<T>) => Promise<T>;
  /** Ids by name. */
  readonly roleIds: ReadonlyMap<string, string>;
  /** PEM */
  readonly ca: string;
}

/** A person in front of a browser. */
export interface Visitor {
  readonly email: string;
  readonly password: string;
  /** Of the newest login; refreshing replaces it. */
  refreshToken?: string | undefined;
  browser: Browser;
  /** The id of the one that a machine's token is for. */
  organization?: string;
}

export function openBrowser({ services, ca }: Pick<Context, "services" | "ca">): Browser {
  return createBrowser({ domain: services.tenant.domain, ca });
}
