/** What became of a user, or in a plan what would. */
export const OUTCOMES = [
  "linked before",
  "created",
  "found",
  "adopted",
  "no email",
  "email not verified",
  "blocked",
  "not theirs",
  "deleted",
] as const;

export type OutcomeKind = (typeof OUTCOMES)[number];

export interface Outcome {
  readonly kind: OutcomeKind;
  /** Of what needs a person: the customer, and what is in the way. */
  readonly why?: string;
}

/** Kinds that only a person can do something about. */
export const NEEDS_PERSON: readonly OutcomeKind[] = ["no email", "email not verified", "blocked", "not theirs"];

export type Tally = Readonly<Record<OutcomeKind, number>>;

export const isOutcomeKind = (value: unknown): value is OutcomeKind => OUTCOMES.some((kind) => kind === value);

export const createTally = (): Record<OutcomeKind, number> =>
  Object.fromEntries(OUTCOMES.map((kind) => [kind, 0])) as Record<OutcomeKind, number>;
