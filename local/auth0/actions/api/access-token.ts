import type { PostLoginAPI } from "@auth0/actions/post-login/v3";
import { checkScope, checkScopeCount } from "./check-scope.ts";
import { createClaims } from "./claims.ts";
import type { PostLoginContext } from "./context.ts";
import type { ScopeOperation } from "./effects.ts";

export const createAccessToken = (context: PostLoginContext): PostLoginAPI["accessToken"] => {
  const modifyScope = (value: string, operation: ScopeOperation) => {
    const scope = checkScope(value);
    const operations = new Map(context.transaction.scopeOperations).set(scope, operation);
    checkScopeCount([...operations.values()].filter((each) => each === "add").length);
    context.transaction.scopeOperations = operations;
    context.effects.push({ type: "modify-scope", scope, operation });
  };
  return {
    ...createClaims(context, "accessToken"),
    addScope: (scope) => modifyScope(scope, "add"),
    removeScope: (scope) => modifyScope(scope, "remove"),
  };
};
