/** What the rows are about; in print each is a table of its own. */
export type Section = "deploy" | "apis" | "applications" | "grants" | "roles" | "databases" | "actions" | "flows";

/** One thing that the rehearsal looked at. It is right when there is nothing to say against it. */
export interface Row {
  readonly section: Section;
  readonly name: string;
  /** What was found, by column. All rows of a section have the same columns. */
  readonly facts: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  readonly problems: readonly string[];
}

export const isRight = ({ problems }: Row): boolean => problems.length === 0;
