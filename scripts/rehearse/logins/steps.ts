import { randomBytes } from "node:crypto";
import * as oidc from "openid-client";
import type { Page } from "../../../local/http/browser.ts";
import { CommandError } from "../../command.ts";
import { isMapping } from "../../tenant/shape.ts";
import { type Context, openBrowser, type Visitor } from "./context.ts";
import type { Answer } from "./observation.ts";

const USER_SCOPES = ["openid", "profile", "email", "offline_access"] as const;

/** Somebody new: nobody knows them yet. */
export function newVisitor(context: Context, email: string): Visitor {
  // Long and of four kinds of characters: good under every password policy.
  const password = `aA1!${randomBytes(18).toString("base64url")}`;
  return { email, password, browser: openBrowser(context) };
}

/** Signs up and follows the link in the mail, without logging in. */
export async function signUp(context: Context, { email, password, browser }: Visitor): Promise<string> {
  const { clients, fixtures, fetch, lines, services } = context;
  const response = await fetch(`${clients.issuer}dbconnections/signup`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      client_id: clients.spa.clientMetadata().client_id,
      connection: fixtures.database,
      email,
      password,
    }),
  });
  const body: unknown = await response.json();
  if (!response.ok || !isMapping(body)) throw halted(`signing up was answered with ${response.status}`);
  const userId = `auth0|${String(body._id)}`;
  const mail = lines.findLast((line) => line.startsWith(`${userId}: verify the email address at `));
  const link = mail?.split(" ").at(-1);
  if (link === undefined) throw halted("no mail was sent to the new user");
  // The link names the tenant by its own address; a page of this browser's tenant is all that is opened.
  const page = await browser.open(
    new URL(new URL(link).search, `https://${services.tenant.domain}/u/email-verification`).href,
  );
  if (page.status !== 200) throw halted(`the link in the mail was answered with ${page.status}`);
  return userId;
}

export interface LoginOptions {
  /** Of the API; all of them unless named. */
  readonly scopes?: readonly string[];
  /** These and no others, scopes about the user included. */
  readonly exactly?: readonly string[];
  /** The page to begin on. */
  readonly screen?: "signup";
  /** What is done on the page that an Action sends the browser to. */
  readonly onVerificationPage?: "verify" | "continue";
}

/** Code and PKCE from the authorization request to the tokens, all checks of openid-client on. */
export async function logIn(context: Context, visitor: Visitor, options: LoginOptions = {}): Promise<Answer> {
  const { fixtures, clients } = context;
  const [verifier, state, nonce] = [oidc.randomPKCECodeVerifier(), oidc.randomState(), oidc.randomNonce()];
  const url = oidc.buildAuthorizationUrl(clients.spa, {
    redirect_uri: fixtures.spa.callback,
    audience: fixtures.audience,
    scope: (options.exactly ?? [...USER_SCOPES, ...(options.scopes ?? fixtures.apiScopes)]).join(" "),
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    state,
    nonce,
    ...(options.screen && { screen_hint: options.screen }),
  });
  const callback = await passPages(context, visitor, await visitor.browser.open(url.href), options);
  return answerOf(async () => {
    const tokens = await oidc.authorizationCodeGrant(clients.spa, callback.url, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
    });
    visitor.refreshToken = tokens.refresh_token;
    return tokens;
  });
}

/** Fills in the pages as they come, until the browser is back at the client. */
async function passPages(context: Context, visitor: Visitor, first: Page, options: LoginOptions): Promise<Page> {
  const { browser, email, password } = visitor;
  const fillIn: Readonly<Record<string, (page: Page) => Promise<Page>>> = {
    "/u/login": (page) => browser.submit(page, { username: email, password }, "password"),
    "/u/signup": (page) => browser.submit(page, { email, password }, "password"),
    "/u/verify-email": (page) =>
      browser.submit(page, {}, options.onVerificationPage === "verify" ? "verify" : "session_token"),
  };
  const visited = new Set<string>();
  let page = first;
  while (page.url.host === context.services.tenant.domain) {
    const { pathname } = page.url;
    const next = fillIn[pathname];
    // A form that comes back was refused.
    if (next === undefined || visited.has(pathname)) {
      throw halted(`the browser stopped at ${pathname} (${page.status})`);
    }
    visited.add(pathname);
    page = await next(page);
  }
  return page;
}

/** Renews the tokens of the newest login. */
export function refresh({ clients }: Context, visitor: Visitor): Promise<Answer> {
  return answerOf(async () => {
    const tokens = await oidc.refreshTokenGrant(clients.spa, visitor.refreshToken ?? "");
    visitor.refreshToken = tokens.refresh_token;
    return tokens;
  });
}

/** A token for the machine-to-machine application itself, or for it as one of an organization. */
export function authenticateWorker({ fixtures, clients }: Context, { organization }: Visitor): Promise<Answer> {
  const { worker } = clients;
  if (worker === undefined) throw halted("tenant.yaml has no client grant");
  const parameters = { audience: fixtures.audience, ...(organization !== undefined && { organization }) };
  return answerOf(() => oidc.clientCredentialsGrant(worker, parameters));
}

async function answerOf(
  ask: () => Promise<oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers>,
): Promise<Answer> {
  try {
    const tokens = await ask();
    return { kind: "tokens", accessToken: tokens.access_token, idTokenSubject: tokens.claims()?.sub };
  } catch (error) {
    if (!(error instanceof oidc.AuthorizationResponseError) && !(error instanceof oidc.ResponseBodyError)) throw error;
    return { kind: "refused", error: error.error, description: error.error_description ?? "" };
  }
}

function halted(why: string): CommandError {
  return new CommandError("REHEARSAL_HALTED", `The login did not come to its end: ${why}.`);
}
