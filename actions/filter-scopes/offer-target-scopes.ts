import type { PostLoginAPI } from "@auth0/actions/post-login/v3";

/** Whether this instance has logged that the tenant lacks target scopes. About the tenant, so it may outlive a login. */
let isLackLogged = false;

/**
 * Offers scopes that were perhaps not requested; Auth0 lets through what RBAC assigned to the user. Where the tenant lacks
 * the feature the call throws, and the requested scopes stand: the user gets less, never more.
 */
export function offerTargetScopes(action: string, api: PostLoginAPI, scopes: readonly string[]) {
  try {
    for (const scope of scopes) api.transaction.addTargetScope(scope);
  } catch (error) {
    if (isLackLogged) return;
    isLackLogged = true;
    // The platform's text: it says what is wrong with a scope, and those are from tenant.yaml.
    console.warn(`${action}: no target scopes in this tenant, the requested scopes stand (${String(error)})`);
  }
}
