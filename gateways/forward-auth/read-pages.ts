import { isLoopback } from "../authorizer/loopback.ts";
import type { Problems } from "../authorizer/problems.ts";
import type { PortalSettings } from "../billing-portal/open-portal.ts";
import type { ManagementAccess } from "../management/management-access.ts";
import type { VerifyEmailSettings } from "../verify-email/open-verify-email.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Pages for people that the service has beside the decision. Undefined: that one is not served. */
export interface PagesSettings {
  readonly verifyEmail: VerifyEmailSettings | undefined;
  readonly portal: PortalSettings | undefined;
}

const NO_PAGES: PagesSettings = { verifyEmail: undefined, portal: undefined };

/** @param issuers whose logins these pages belong to */
export function readPages(environment: Environment, issuers: readonly string[], problems: Problems): PagesSettings {
  const { SESSION_TOKEN_SECRET: sessionTokenSecret, STRIPE_PORTAL_KEY: portalKey } = environment;
  const management = readManagement(environment, problems);
  if (management === undefined) {
    if (portalKey) problems.add("PORTAL_CLIENT_ID, PORTAL_CLIENT_SECRET", "the billing portal needs them");
    return NO_PAGES;
  }
  const url = sessionTokenSecret ? readPageUrl(environment, "VERIFY_EMAIL_URL", problems) : undefined;
  return {
    verifyEmail: url && sessionTokenSecret ? { url, sessionTokenSecret, issuers, management } : undefined,
    portal: portalKey
      ? readPortal(environment, { management, portalKey, issuer: issuers[0] ?? "" }, problems)
      : undefined,
  };
}

function readPortal(
  environment: Environment,
  { management, portalKey, issuer }: { management: ManagementAccess; portalKey: string; issuer: string },
  problems: Problems,
): PortalSettings | undefined {
  const {
    PORTAL_RETURN_URLS: returnUrls,
    SPA_URL: spaUrl,
    STRIPE_PORTAL_CONFIGURATION: configuration,
    STRIPE_EXISTING_CUSTOMER: existing,
  } = environment;
  const url = readPageUrl(environment, "PORTAL_URL", problems);
  if (url === undefined)
    return environment.PORTAL_URL ? undefined : problems.add("PORTAL_URL", "where people reach the portal");
  const listed = readNames(returnUrls || spaUrl);
  const roles = readNames(environment.PORTAL_ORGANIZATION_ROLES);
  for (const one of listed)
    if (!URL.canParse(one) || !isSafe(new URL(one)))
      problems.add(returnUrls ? "PORTAL_RETURN_URLS" : "SPA_URL", "expected https addresses with commas between");
  if (configuration && !/^bpc_\w+$/.test(configuration))
    problems.add(
      "STRIPE_PORTAL_CONFIGURATION",
      "expected bpc_…, the id of a configuration of Stripe's customer portal",
    );
  if (existing && !["deny", "adopt"].includes(existing))
    problems.add("STRIPE_EXISTING_CUSTOMER", "expected deny or adopt, as in sync-stripe-customer");
  return {
    url,
    issuer,
    management,
    stripe: { secretKey: portalKey, url: environment.STRIPE_API_URL || undefined },
    configuration: configuration || undefined,
    organizationRoles: roles.length > 0 ? roles : undefined,
    returnUrls: listed,
    secrets: {
      TRUSTED_EMAIL_CONNECTIONS: environment.TRUSTED_EMAIL_CONNECTIONS,
      STRIPE_EXISTING_CUSTOMER: existing,
      STRIPE_ADOPT_CONNECTIONS: environment.STRIPE_ADOPT_CONNECTIONS,
    },
  };
}

function readManagement(environment: Environment, problems: Problems): ManagementAccess | undefined {
  const { PORTAL_CLIENT_ID: clientId, PORTAL_CLIENT_SECRET: clientSecret, AUTH0_DOMAIN: domain } = environment;
  if (!clientId && !clientSecret) return undefined;
  if (!clientId || !clientSecret || !domain)
    return problems.add(
      "PORTAL_CLIENT_ID, PORTAL_CLIENT_SECRET and AUTH0_DOMAIN",
      "they belong together: set all three",
    );
  return { domain, clientId, clientSecret };
}

/** Where browsers reach a page. The service answers on the path of it, whatever host the proxy in front has. */
function readPageUrl(environment: Environment, name: string, problems: Problems): URL | undefined {
  const value = environment[name];
  if (!value) return undefined;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url && isSafe(url) && /^(?:\/[\w.~-]+)+$/.test(url.pathname) && url.search === "" && url.hash === "") return url;
  return problems.add(
    name,
    "expected an https address with a path and nothing after it, as https://api.example.com/billing",
  );
}

const isSafe = (url: URL): boolean => url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url));

const readNames = (value = ""): readonly string[] => value.split(",").flatMap((one) => one.trim() || []);
