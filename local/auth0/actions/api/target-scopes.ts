import { checkScope, checkScopeCount } from "./check-scope.ts";

export interface TargetScopesOptions {
  isAvailable: boolean;
  read: () => readonly string[];
  /** Told of every call, also of one that changes nothing. */
  write: (scopes: string[]) => void;
}

/** The four methods, the same for post-login and credentials-exchange. Arguments are checked before anything changes. */
export const createTargetScopes = ({ isAvailable, read, write }: TargetScopesOptions) => {
  const checkAvailable = () => {
    if (!isAvailable) throw new Error("Method not implemented.");
  };
  return {
    addTargetScope(value: string) {
      checkAvailable();
      const scopes = new Set(read()).add(checkScope(value));
      checkScopeCount(scopes.size);
      write([...scopes]);
    },
    removeTargetScope(value: string) {
      checkAvailable();
      const removed = checkScope(value);
      write(read().filter((scope) => scope !== removed));
    },
    setTargetScopes(values: string[]) {
      checkAvailable();
      if (!Array.isArray(values)) throw new TypeError("The value for scopes must be an array.");
      const scopes = new Set(values.map(checkScope));
      checkScopeCount(scopes.size);
      write([...scopes]);
    },
    clearTargetScopes() {
      checkAvailable();
      write([]);
    },
  };
};
