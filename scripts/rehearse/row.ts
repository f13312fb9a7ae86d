import type { Observation } from "./logins/observation.ts";

/** What the rows are about; in print each is a table of its own. */
export type InventorySection =
  | "deploy"
  | "settings"
  | "apis"
  | "applications"
  | "grants"
  | "roles"
  | "databases"
  | "actions"
  | "flows";

/** One thing that the tenant holds. */
export interface InventoryRow {
  readonly section: InventorySection;
  readonly name: string;
  /** What was found, by column. All rows of a section have the same columns. */
  readonly facts: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  readonly problems: readonly string[];
}

/** One login, refresh or token request. */
export interface LoginRow {
  readonly section: "logins";
  readonly name: string;
  /** What the person does, in a few words. */
  readonly story: string;
  /** Missing when the row did not come to its end. */
  readonly seen?: Observation;
  readonly problems: readonly string[];
}

/** One thing that the rehearsal looked at. It is right when there is nothing to say against it. */
export type Row = InventoryRow | LoginRow;

export const isRight = ({ problems }: Row): boolean => problems.length === 0;
