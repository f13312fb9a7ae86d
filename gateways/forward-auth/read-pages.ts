import { isLoopback } from "../authorizer/loopback.ts";
import type { Problems } from "../authorizer/problems.ts";
import type { ManagementAccess } from "../management/open-management.ts";
import type { VerifyEmailSettings } from "../verify-email/open-verify-email.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Pages for people that the service has beside the decision. Undefined: that one is not served. */
export interface PagesSettings {
  readonly verifyEmail: VerifyEmailSettings | undefined;
}

const NO_PAGES: PagesSettings = { verifyEmail: undefined };

/** @param issuers whose logins these pages belong to */
export function readPages(environment: Environment, issuers: readonly string[], problems: Problems): PagesSettings {
  const management = readManagement(environment, problems);
  if (management === undefined) return NO_PAGES;
  const { SESSION_TOKEN_SECRET: sessionTokenSecret } = environment;
  const url = sessionTokenSecret ? readPageUrl(environment, "VERIFY_EMAIL_URL", problems) : undefined;
  return {
    verifyEmail: url && sessionTokenSecret ? { url, sessionTokenSecret, issuers, management } : undefined,
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
  const isSafe = url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url));
  if (url && isSafe && /^(?:\/[\w.~-]+)+$/.test(url.pathname) && url.search === "" && url.hash === "") return url;
  return problems.add(
    name,
    "expected an https address with a path and nothing after it, as https://api.example.com/billing",
  );
}
