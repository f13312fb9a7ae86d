export type Known<T> =
  | { readonly kind: "known"; readonly value: T }
  /** It could not be read, and nothing that may still be used is known from before. */
  | { readonly kind: "unknown" };

export const UNKNOWN = { kind: "unknown" } as const;

export const known = <T>(value: T): Known<T> => ({ kind: "known", value });
