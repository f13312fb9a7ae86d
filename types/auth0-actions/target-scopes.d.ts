/**
 * The scopes to be authorised: changed before Auth0's policies (RBAC, client grant, consent) filter them, so an addition
 * that they do not allow is dropped. Ordered, live on `event.transaction.target_scopes`, shared with later Actions.
 * Throws on a scope that is empty, has inner whitespace or more than 280 characters, and beyond 1000 scopes.
 */
export interface TargetScopesAPI {
  addTargetScope(scope: string): void;
  removeTargetScope(scope: string): void;
  setTargetScopes(scopes: string[]): void;
  clearTargetScopes(): void;
}
