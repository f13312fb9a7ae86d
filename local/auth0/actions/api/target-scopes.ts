import { checkScope, checkScopeCount } from "./check-scope.ts";

export interface TargetScopesOptions {
  isAvailable: boolean;
  read: () => readonly string[];
  /** Told of every call, also of one that changes nothing. */
  write: (scopes: string[]) => void;
}

/** The four methods, the same for post-login and credentials-exchange. Arguments are checked before anything changes. */
export class TargetScopesApi {
  readonly #options: TargetScopesOptions;

  constructor(options: TargetScopesOptions) {
    this.#options = options;
  }

  addTargetScope(value: string): void {
    this.#checkAvailable();
    const scopes = new Set(this.#options.read()).add(checkScope(value));
    checkScopeCount(scopes.size);
    this.#options.write([...scopes]);
  }

  removeTargetScope(value: string): void {
    this.#checkAvailable();
    const removed = checkScope(value);
    this.#options.write(this.#options.read().filter((scope) => scope !== removed));
  }

  setTargetScopes(values: string[]): void {
    this.#checkAvailable();
    if (!Array.isArray(values)) throw new TypeError("The value for scopes must be an array.");
    const scopes = new Set(values.map(checkScope));
    checkScopeCount(scopes.size);
    this.#options.write([...scopes]);
  }

  clearTargetScopes(): void {
    this.#checkAvailable();
    this.#options.write([]);
  }

  #checkAvailable(): void {
    if (!this.#options.isAvailable) throw new Error("Method not implemented.");
  }
}
