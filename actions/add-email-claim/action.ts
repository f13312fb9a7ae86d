import type { Event, PostLoginAPI } from "@auth0/actions/post-login/v3";
import { readClaimNamespace } from "../shared/claim-namespace.ts";
import { failClosed } from "../shared/fail-closed.ts";
import { planClaims } from "./plan-claims.ts";

/** Puts the email and what belongs to it on the access token, at refreshes too: Auth0 remembers no claim. */
export const onExecutePostLogin = async (event: Event, api: PostLoginAPI) =>
  failClosed("add-email-claim", api, () => {
    const claims = planClaims(event, readClaimNamespace(event.secrets));
    for (const [name, value] of Object.entries(claims)) api.accessToken.setCustomClaim(name, value);
  });
