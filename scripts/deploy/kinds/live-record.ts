/** Fields of a record as the Management API answers them. */
export type Fields = Readonly<Record<string, unknown>>;

/** What is known of everything that a tenant has, whatever its kind. */
export interface LiveItem {
  readonly id: string;
  /** As plans, messages and `--allow-delete` call it. Not unique in every kind. */
  readonly name: string;
  /** Auth0's own: every tenant has it, and nobody creates or deletes it. */
  readonly isSystem?: boolean;
}

/** What is read, and written with one PATCH. */
export interface LiveRecord extends LiveItem {
  readonly fields: Fields;
}
