const MAX_SCOPES = 1000;
const MAX_SCOPE_LENGTH = 280;

/**
 * The scope without the whitespace around it.
 *
 * @throws {TypeError} if it is not a string
 * @throws {Error} if it is empty, too long or has whitespace inside
 */
export function checkScope(value: unknown): string {
  if (typeof value !== "string") throw new TypeError("The value for the scope must be a string.");
  const scope = value.trim();
  if (scope.length === 0) throw new Error("The value for the scope is required.");
  if (scope.length > MAX_SCOPE_LENGTH) {
    throw new Error(`The value for the scope exceeds the allowed maximum of ${MAX_SCOPE_LENGTH} characters.`);
  }
  if (/\s/.test(scope)) throw new Error("The value for the scope must not have whitespace.");
  return scope;
}

/** @throws {Error} beyond 1000 scopes */
export function checkScopeCount(count: number): void {
  if (count > MAX_SCOPES) throw new Error(`The number of scopes exceeds the allowed maximum of ${MAX_SCOPES}.`);
}
