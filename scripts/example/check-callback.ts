import { usageError } from "../command.ts";

interface Application {
  readonly domain: string;
  readonly clientId: string;
}

/** What says at an error page, or on the way to a page of the tenant's own, that an authorization request does not fit. */
const MISMATCH = /callback url mismatch/i;
const UNKNOWN = /unknown client/i;

/**
 * Asks the tenant for a login as the page will, so that what would be a page of the tenant's without a way on is told before.
 *
 * @param fetcher trusts the tenant
 * @throws {CommandError} EXAMPLE_CALLBACK_UNKNOWN, EXAMPLE_CLIENT_UNKNOWN, DEPLOY_UNREACHABLE
 */
export async function checkCallback(
  { domain, clientId }: Application,
  callback: string,
  fetcher: typeof fetch,
): Promise<void> {
  const query = new URLSearchParams({
    client_id: clientId,
    redirect_uri: callback,
    response_type: "code",
    scope: "openid",
    // RFC 7636, appendix B: nobody redeems this code.
    code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    code_challenge_method: "S256",
  });
  const answer = await fetcher(`https://${domain}/authorize?${query}`, { redirect: "manual" }).catch(
    (cause: unknown) => {
      throw usageError("DEPLOY_UNREACHABLE", `${domain} does not answer. Check AUTH0_DOMAIN and the network.`, cause);
    },
  );
  const said = `${decodeURIComponent(answer.headers.get("location") ?? "")} ${await answer.text()}`;
  if (MISMATCH.test(said)) {
    const message = `The application ${clientId} of ${domain} does not have ${callback} among its callbacks. Add it there, with the same as logout URL and web origin, or set SPA_URL to one that it has.`;
    throw usageError("EXAMPLE_CALLBACK_UNKNOWN", message);
  }
  if (answer.status >= 400 && UNKNOWN.test(said)) {
    throw usageError(
      "EXAMPLE_CLIENT_UNKNOWN",
      `${domain} does not have an application ${clientId}. Correct SPA_CLIENT_ID.`,
    );
  }
}
