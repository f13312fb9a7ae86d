import type { RefusalCode, Refused } from "./decision.ts";
import { isOrganizationId } from "./organization-id.ts";
import { findMetadataUrl } from "./resource-metadata.ts";

interface Meaning {
  readonly status: Refused["status"];
  readonly error: string;
  readonly description: string;
  readonly retryAfter?: number;
}

const invalidToken = (description: string): Meaning => ({ status: 401, error: "invalid_token", description });

/**
 * Every refusal there is. The descriptions are fixed texts: nothing of a token or a path is ever echoed, but for the organization
 * in the link of a 402.
 * RFC 6750 §3.1 gives `invalid_request` the status 400; gateways know only 401 and 403 (NGINX turns others into 500).
 */
const meanings: Readonly<Record<RefusalCode, Meaning>> = {
  no_token: {
    status: 401,
    error: "missing_token",
    description: "Send an access token: Authorization: Bearer <token>",
  },
  malformed_authorization: {
    status: 401,
    error: "invalid_request",
    description: "Send one Authorization header of the form: Bearer <token>",
  },
  token_too_large: invalidToken("The token is larger than this API accepts"),
  token_malformed: invalidToken("The token is not a signed JWT"),
  algorithm_not_allowed: invalidToken("The token must be signed with RS256"),
  token_type_not_allowed: invalidToken("The token is not an access token"),
  key_unknown: invalidToken("The token was signed with a key that the issuer does not publish"),
  keys_unavailable: {
    status: 503,
    error: "temporarily_unavailable",
    description: "The issuer's keys cannot be read at the moment",
    retryAfter: 10,
  },
  signature_invalid: invalidToken("The token's signature is wrong"),
  claims_malformed: invalidToken("The token's claims are malformed"),
  issuer_wrong: invalidToken("The token is from another issuer"),
  id_token: invalidToken("This is an ID token: send the access token"),
  audience_wrong: invalidToken("The token is for another API"),
  expiry_missing: invalidToken("The token does not say when it expires"),
  expired: invalidToken("The token has expired"),
  not_yet_valid: invalidToken("The token is not valid yet"),
  subject_missing: invalidToken("The token does not say who it was issued to"),
  token_bound: invalidToken("The token is bound to a key: send one that is not"),
  path_ambiguous: {
    status: 403,
    error: "invalid_path",
    description: "The path can be read in more than one way: send it without dot segments, empty segments and the like",
  },
  method_overridden: {
    status: 403,
    error: "invalid_method",
    description: "Send the method itself, not a header that overrides it",
  },
  route_unknown: { status: 403, error: "unknown_route", description: "The API has no such route" },
  organization_missing: {
    status: 403,
    error: "organization_required",
    description: "The token must be issued for an organization",
  },
  organization_not_allowed: {
    status: 403,
    error: "organization_not_allowed",
    description: "The token's organization may not use this API",
  },
  scope_missing: { status: 403, error: "insufficient_scope", description: "The token lacks a scope" },
  customer_unknown: {
    status: 402,
    error: "customer_required",
    description: "This costs money, and the token does not say who pays",
  },
  subscription_missing: {
    status: 402,
    error: "subscription_required",
    description: "There is no active subscription for this",
  },
  billing_unavailable: {
    status: 503,
    error: "temporarily_unavailable",
    description: "Whether there is a subscription cannot be found out at the moment",
    retryAfter: 10,
  },
  metering_unavailable: {
    status: 503,
    error: "temporarily_unavailable",
    description: "The request cannot be counted at the moment",
    retryAfter: 10,
  },
};

interface RefusalDetails {
  /** What the request needs, when that is what the token lacks. */
  readonly scopes?: readonly string[] | undefined;
  /** The token's: what is used there, it pays for. */
  readonly organization?: string | undefined;
}

export type Refuse = (code: RefusalCode, details?: RefusalDetails) => Refused;

/**
 * @param realm named in every challenge: the audience, so that a client knows what to ask a token for.
 * @param paymentUrl where to pay, in the body of every 402
 */
export function createRefuse(realm: string, paymentUrl?: string): Refuse {
  const metadataUrl = findMetadataUrl(realm);
  const render = (code: RefusalCode, { scopes, organization }: RefusalDetails): Refused => {
    const { status, error, description, retryAfter } = meanings[code];
    const scope = scopes?.join(" ");
    return {
      kind: "refused",
      status,
      code,
      error,
      description,
      wwwAuthenticate: renderChallenge({ realm, metadataUrl }, code, meanings[code], scope),
      retryAfter,
      // What is undefined is left out.
      body: JSON.stringify({
        error,
        error_description: description,
        scope,
        payment_url: status === 402 ? paymentUrl && addOrganization(paymentUrl, organization) : undefined,
      }),
    };
  };
  const plain = new Map<RefusalCode, Refused>();
  for (const code of Object.keys(meanings) as RefusalCode[]) plain.set(code, render(code, {}));
  return (code, details = {}) => {
    const isPlain = details.scopes === undefined && details.organization === undefined;
    return (isPlain ? plain.get(code) : undefined) ?? render(code, details);
  };
}

/** As the billing portal is asked for the page of an organization. */
function addOrganization(paymentUrl: string, organization: string | undefined): string {
  if (organization === undefined || !isOrganizationId(organization)) return paymentUrl;
  const url = new URL(paymentUrl);
  url.searchParams.set("organization", organization);
  return url.href;
}

/**
 * RFC 6750 §3: without any authentication information in the request, no error code. RFC 9728 §5.1: where a client learns who
 * issues tokens.
 */
function renderChallenge(
  { realm, metadataUrl }: { readonly realm: string; readonly metadataUrl: string | undefined },
  code: RefusalCode,
  { status, error, description }: Meaning,
  scope: string | undefined,
): string | undefined {
  if (status === 401 || code === "scope_missing") {
    const parameters = [`realm="${realm}"`];
    if (code !== "no_token") parameters.push(`error="${error}"`, `error_description="${description}"`);
    if (scope !== undefined) parameters.push(`scope="${scope}"`);
    if (metadataUrl !== undefined) parameters.push(`resource_metadata="${metadataUrl}"`);
    return `Bearer ${parameters.join(", ")}`;
  }
  return undefined;
}
