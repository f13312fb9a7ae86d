import { ManagementClient } from "auth0";
import { CommandError, EXIT } from "../command.ts";
import { createFetch } from "../http/trusting-fetch.ts";
import { hideSecrets } from "../redaction/hidden-secrets.ts";
import { parseJson } from "../tenant/keyword-values.ts";
import { isMapping } from "../tenant/shape.ts";
import { trackToken } from "./access-token.ts";
import { createCheckedFetch, isRedirect, redirected, unreadableAnswer } from "./check-answer.ts";
import { describePage } from "./describe-page.ts";
import { createRetryingFetch, type RetryPolicy } from "./retrying-fetch.ts";
import type { TenantAccess } from "./tenant-access.ts";

export interface TenantConnection {
  readonly domain: string;
  readonly caFile: string | undefined;
  /** For the Management API, with all the scopes that the client was granted; the newest, as one may end in the middle. */
  readonly accessToken: string;
  readonly management: ManagementClient;
  /** How long answers are waited for, and what is sent again. */
  readonly retryPolicy: Partial<RetryPolicy>;
}

/**
 * Gets a token and a client for the tenant: whoever is not let in learns it here, before anything is sent.
 *
 * @throws {CommandError} DEPLOY_CREDENTIALS_REFUSED, DEPLOY_NOT_AUTHORIZED, DEPLOY_NOT_TRUSTED, DEPLOY_UNREACHABLE, TENANT_UNREADABLE.
 */
export async function connectToTenant(
  access: TenantAccess,
  retryPolicy: Partial<RetryPolicy> = {},
): Promise<TenantConnection> {
  const { domain, ca } = access;
  const trustingFetch = createFetch(ca?.pem);
  // Whoever mistyped the domain should not wait for all the attempts that an established connection gets.
  const firstRequest = createRetryingFetch({ ...retryPolicy, attempts: 2 }, trustingFetch);
  const retryingFetch = createRetryingFetch(retryPolicy, trustingFetch);
  const token = trackToken(
    await requestToken(access, firstRequest),
    () => requestToken(access, retryingFetch),
    retryingFetch,
  );
  return {
    domain,
    caFile: ca?.file,
    get accessToken() {
      return token.current();
    },
    // The retrying fetch knows what may be repeated; the SDK would repeat a POST as well.
    management: new ManagementClient({
      domain,
      token: token.current,
      fetch: createCheckedFetch(token.send),
      maxRetries: 0,
      // The retrying fetch has its own limit and does not heed this one, whose timer the SDK leaves running when a request
      // fails: by default it would hold the process for a minute after the last word.
      timeoutInSeconds: 0.1,
    }),
    retryPolicy,
  };
}

async function requestToken(
  { domain, clientId, clientSecret, ...access }: TenantAccess,
  send: typeof fetch,
): Promise<string> {
  const audience = access.audience ?? `https://${domain}/api/v2/`;
  const response = await send(`https://${domain}/oauth/token`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      grant_type: "client_credentials",
      client_id: clientId,
      client_secret: clientSecret,
      audience,
    }),
  }).catch((cause: unknown) => {
    throw unreachable(domain, cause);
  });
  if (isRedirect(response)) throw redirected(domain, "POST /oauth/token", response);
  const text = await response.text();
  const body = parseJson(text);
  const accessToken = isMapping(body) ? body.access_token : undefined;
  const page = body === undefined && text !== "" ? describePage(response.headers.get("content-type"), text) : undefined;
  if (!response.ok)
    throw page === undefined ? refused(domain, response.status, body) : noTenant(domain, response.status, page);
  if (typeof accessToken !== "string" || accessToken === "") {
    throw unreadableAnswer(domain, "POST /oauth/token", response.status, page ?? "no access token");
  }
  hideSecrets([accessToken]);
  return accessToken;
}

function refused(domain: string, status: number, body: unknown): CommandError {
  const said = isMapping(body) ? [body.error, body.error_description].filter((part) => typeof part === "string") : [];
  const error = said.join(": ") || "no OAuth error";
  if (status === 401) {
    return new CommandError(
      "DEPLOY_CREDENTIALS_REFUSED",
      `${domain} refused the credentials (${status} ${error}). Check that AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET belong together, and to this tenant.`,
    );
  }
  if (status === 403) {
    return new CommandError(
      "DEPLOY_NOT_AUTHORIZED",
      `${domain} knows the application, but gives it no token for the Management API (${status} ${error}). Authorize it in the dashboard: Applications > APIs > Auth0 Management API > Machine to Machine Applications. If AUTH0_DOMAIN is a custom domain, set AUTH0_AUDIENCE to https://<the tenant's own domain>/api/v2/.`,
    );
  }
  return new CommandError(
    "DEPLOY_UNREACHABLE",
    `${domain} answered a token request with ${status} (${error}). Check that AUTH0_DOMAIN is an Auth0 tenant.`,
  );
}

function noTenant(domain: string, status: number, page: string): CommandError {
  return new CommandError(
    "DEPLOY_UNREACHABLE",
    `${domain} answered a token request with ${status} and ${page}, as no tenant does. Check AUTH0_DOMAIN, and that no proxy or portal answers in the tenant's place.`,
  );
}

function unreachable(domain: string, cause: unknown): CommandError {
  const code = codeOf(cause);
  if (/CERT|SELF_SIGNED|UNABLE_TO|ISSUER|ALTNAME/.test(code)) {
    return new CommandError(
      "DEPLOY_NOT_TRUSTED",
      `The certificate of ${domain} is not trusted (${code}). For the tenant on this machine, set AUTH0_CA_FILE to the file that \`npm run local\` prints as NODE_EXTRA_CA_CERTS; for any other, do not go on.`,
      { exitCode: EXIT.failure, cause },
    );
  }
  return new CommandError(
    "DEPLOY_UNREACHABLE",
    `${domain} cannot be reached (${code}). Check AUTH0_DOMAIN and the network; the tenant on this machine is started by \`npm run local\`.`,
    { cause },
  );
}

function codeOf(error: unknown): string {
  if (!isMapping(error)) return "unknown error";
  if (typeof error.code === "string") return error.code;
  return error.cause === undefined ? String(error.name ?? "unknown error") : codeOf(error.cause);
}
