/** Of our deploy and the Deploy CLI's import of the same file to the same tenant. */
export interface Outcome {
  /** The code that ours ends with, or has in its list; the tenant is then as it was. Without it ours succeeds. */
  readonly refused?: string;
  readonly import: "fails" | "does nothing" | "writes";
  /** Where the two tenants differ, if both succeed. */
  readonly differs?: readonly string[];
  /** The row of docs/deploy.md that speaks of it, wherever one does what the other does not. */
  readonly why?: string;
}

/** Both succeed, and both tenants are the same: as before, or not. */
export const UNCHANGED: Outcome = { import: "does nothing" };
export const WRITTEN: Outcome = { import: "writes" };

/** Neither of them succeeds. */
export const refused = (code: string): Outcome => ({ refused: code, import: "fails" });

/** The import succeeds. */
export const refusedHere = (code: string, imported: "does nothing" | "writes", why: string): Outcome => ({
  refused: code,
  import: imported,
  why,
});

/** Ours succeeds. */
export const refusedByImport = (why: string): Outcome => ({ import: "fails", why });

/** Both succeed, and the tenants differ in these fields. */
export const different = (
  imported: "does nothing" | "writes",
  why: string,
  ...differs: readonly string[]
): Outcome => ({
  import: imported,
  differs,
  why,
});

/** How rows of the table in docs/deploy.md begin. */
export const WHY = {
  null: "`null` where Auth0 takes none",
  nullPolicy: "`refresh_token: null`",
  text: "a text where a flag or a number belongs",
  lifetime: "a session lifetime below a minute",
  unfitting: "roles, scopes, Actions and flows that do not fit together",
  code: "an Action without `code`",
  runtime: "the runtime `node18` where the trigger lists `node18-actions`",
  oneFile: "two Actions with one file in `dist/actions/`",
  settings: "an Action without the settings that it needs",
  compiledName: "a keyword as the name of a role, a permission or a scope",
  permissions: "a role without `permissions`",
  noClients: "`enabled_clients: []`",
  part: "a part that a list's entry or a mapping does not have",
  defaults: "what its schema adds by default",
} as const;
