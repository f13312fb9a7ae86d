import { checkScope, checkScopeCount } from "./check-scope.ts";
import { ClaimsApi } from "./claims.ts";
import type { PostLoginContext } from "./context.ts";
import type { ScopeOperation } from "./effects.ts";

export class AccessTokenApi extends ClaimsApi {
  readonly #context: PostLoginContext;

  constructor(context: PostLoginContext) {
    super(context, "accessToken");
    this.#context = context;
  }

  addScope(scope: string): void {
    this.#modifyScope(scope, "add");
  }

  removeScope(scope: string): void {
    this.#modifyScope(scope, "remove");
  }

  #modifyScope(value: string, operation: ScopeOperation): void {
    const scope = checkScope(value);
    const { effects, transaction } = this.#context;
    const operations = new Map(transaction.scopeOperations).set(scope, operation);
    checkScopeCount([...operations.values()].filter((each) => each === "add").length);
    transaction.scopeOperations = operations;
    effects.push({ type: "modify-scope", scope, operation });
  }
}
