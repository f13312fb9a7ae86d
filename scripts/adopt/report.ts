import type { Unread } from "../deploy/cli/messages.ts";

/** Why something is not in tenant.yaml. */
export interface Note {
  /** `client Shop` */
  readonly entry: string;
  /** Of a member that is missing in an entry that was adopted: `options.foo`. */
  readonly path?: string;
  readonly reason: string;
}

/** A secret, which only Auth0 knows. */
export interface MissingSecret {
  readonly entry: string;
  readonly path: string;
  /** The variable that a comment of tenant.yaml names in its place. */
  readonly variable: string;
}

/** What an adoption did, and what is left to a person. */
export interface Adoption {
  /** The tenant's domain, or the folder of the export. */
  readonly source: string;
  /** `client Shop`, in the order of tenant.yaml. */
  readonly adopted: readonly string[];
  /** From the project's folder; tenant.yaml is one. */
  readonly files: readonly string[];
  /** tenant.yaml had them: its entries were left as they are. */
  readonly present: readonly string[];
  /** Of an overlay: entries of tenant.yaml that it changes, and those that it leaves out. */
  readonly overlay?: { readonly changed: readonly string[]; readonly leftOut: readonly string[] };
  readonly leftOut: readonly Note[];
  /** Members of adopted entries. */
  readonly omitted: readonly Note[];
  readonly secrets: readonly MissingSecret[];
  /** Lines of files that look as if a secret stood in them: `actions/crm/code.js:12`. */
  readonly suspects: readonly string[];
  /** What the build would refuse, and cannot be left out. */
  readonly refused: readonly string[];
  readonly unread: readonly Unread[];
  /** Whether a plan was made from what was written; undefined for an export, whose tenant was not asked. */
  readonly isPlanned: boolean;
}
