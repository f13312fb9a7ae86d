import type { Secrets } from "../../actions/sync-stripe-customer/settings.ts";
import { createSteadyClock } from "../authorizer/steady-clock.ts";
import { openStripe } from "../billing/stripe-client.ts";
import type { ManagementAccess } from "../management/management-access.ts";
import { openManagement } from "../management/open-management.ts";
import type { Gateway } from "../open-gateway.ts";
import { createAttemptLimit } from "../pages/attempt-limit.ts";
import { createBrowserPages } from "./browser-pages.ts";
import { createCookies } from "./cookies.ts";
import { createCustomers } from "./customers.ts";
import { createDesk } from "./desk.ts";
import { createKnownUsers } from "./known-users.ts";
import { createLogin } from "./login.ts";
import { openOrganizationCustomers } from "./organization-customers.ts";
import { createOrganizations } from "./organizations.ts";
import { createPayers } from "./payers.ts";
import { createPortalApp } from "./portal-app.ts";
import { createStatements } from "./statements.ts";
import { createUsers } from "./users.ts";

export interface PortalSettings {
  /** Where browsers reach it: its path is served, and `<url>/callback` is registered with the client. */
  readonly url: URL;
  /** Whose logins it takes: `https://tenant.example.com/`. */
  readonly issuer: string;
  /** The client that people log in with, which may also read and update users. */
  readonly management: ManagementAccess;
  /** A restricted key of its own: PORTAL_PERMISSIONS. */
  readonly stripe: { readonly secretKey: string; readonly url?: string | undefined };
  /** `bpc_…`; undefined: the default settings of the account's customer portal. */
  readonly configuration?: string | undefined;
  /** Names of roles, of which a member needs one in an organization to pay for it; `billing` without it. */
  readonly organizationRoles?: readonly string[] | undefined;
  /** Addresses of applications that people may be sent back to, compared by letter. */
  readonly returnUrls: readonly string[];
  /** Settings of sync-stripe-customer, whose rules customers are made by. */
  readonly secrets?: Secrets | undefined;
}

export interface PortalDependencies {
  /** One in which something costs money. */
  readonly gateway: Pick<Gateway, "authorizer" | "billing">;
  /** One that trusts a tenant on this machine; Node's own without it. */
  readonly fetch?: typeof fetch | undefined;
  /** One that trusts a Stripe on this machine; undefined: Node's own. */
  readonly stripeFetch?: typeof fetch | undefined;
  /** One line for an operator; `console.error` without it. */
  readonly log?: ((line: string) => void) | undefined;
  /** Milliseconds, for durations; without it one that cannot be set back. */
  readonly steadyClock?: (() => number) | undefined;
}

export interface BillingPortal {
  /** Its address's path: it answers there and below. */
  readonly path: string;
  fetch(request: Request): Promise<Response>;
}

/** Clicks of one user, in any so many milliseconds: each takes some calls of Stripe and Auth0. */
const CLICKS = { most: 10, every: 60_000 } as const;
/** Milliseconds: somebody waits, and making a session takes Stripe longer than a reading. */
const STRIPE_TIMEOUT = 10_000;

/**
 * The billing portal.
 *
 * @throws {TypeError} where nothing costs money, so that there is nothing to show, or the address cannot be served
 */
export function openBillingPortal(settings: PortalSettings, dependencies: PortalDependencies): BillingPortal {
  const { url, management: access, returnUrls } = settings;
  const { gateway, log = (line: string) => console.error(line), fetch: trustingFetch = fetch } = dependencies;
  const { billing, authorizer } = gateway;
  const { steadyClock = createSteadyClock() } = dependencies;
  if (billing === undefined) throw new TypeError("Nothing costs money in this gateway: give it prices and stripe.");
  if (url.pathname === "/" || url.href !== url.origin + url.pathname)
    throw new TypeError("The portal's url needs a path, and nothing after it: https://api.example.com/billing");
  const stripe = openStripe({ ...settings.stripe, timeout: STRIPE_TIMEOUT, fetch: dependencies.stripeFetch });
  const management = openManagement(access, trustingFetch);
  const users = createUsers(management);
  const knownUsers = createKnownUsers(users, steadyClock);
  const { organizationRoles: payingRoles = ["billing"] } = settings;
  const organizations = createOrganizations({ management, payingRoles });
  const cookies = createCookies({
    secret: access.clientSecret,
    isSecure: url.protocol === "https:",
    clock: Date.now,
  });
  const desk = createDesk({
    stripe,
    users: knownUsers,
    payers: createPayers({
      users: knownUsers,
      customers: createCustomers({
        stripe,
        billing,
        users,
        secrets: settings.secrets ?? {},
        clock: Date.now,
        steadyClock,
        log,
      }),
      organizations,
      organizationCustomers: openOrganizationCustomers({ stripe, organizations, log }),
      steadyClock,
    }),
    statements: createStatements({ stripe, billing, clock: Date.now, steadyClock, log }),
    limit: createAttemptLimit({ ...CLICKS, clock: steadyClock }),
    urls: { portal: url.href, subscribed: `${url.href}?done=checkout`, managed: `${url.href}?done=portal` },
    configuration: settings.configuration,
    clock: Date.now,
    log,
  });
  const login = createLogin({
    issuer: settings.issuer,
    clientId: access.clientId,
    clientSecret: access.clientSecret,
    callback: new URL(`${url.href}/callback`),
    fetch: trustingFetch,
  });
  const pages = createBrowserPages({ desk, login, cookies, path: url.pathname, returnUrls, log });
  const app = createPortalApp({ url, authorizer, cookies, desk, pages, returnUrls });
  return { path: url.pathname, fetch: async (request) => app.fetch(request) };
}
