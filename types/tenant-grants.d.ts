/** What the build compiles into an Action from tenant.yaml: who may do what is reviewed like code and costs no call at login. */
declare module "tenant:grants" {
  /** Every scope of the API that the Action's API_IDENTIFIER names, e.g. `get:users`. */
  export const apiScopes: readonly string[];
  /** Role name, as tenant.yaml spells it, to the scopes of that API which the role's permissions grant. */
  export const roleScopes: Readonly<Record<string, readonly string[]>>;
}
