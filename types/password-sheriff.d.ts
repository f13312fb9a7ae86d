/** The package ships no types. What of it is used here. */
declare module "password-sheriff" {
  /** One rule and whether the password keeps it, in the form in which Auth0 reports it to a sign-up. */
  export interface CheckedRule {
    readonly message: string;
    readonly format?: readonly (number | string)[];
    readonly code: string;
    readonly verified: boolean;
    readonly items?: readonly CheckedRule[];
  }

  export interface Expression {
    test(password: string): boolean;
  }

  /** In the order in which they are reported. */
  export interface Rules {
    readonly length: { readonly minLength: number };
    readonly contains?: { readonly expressions: readonly Expression[] };
    readonly containsAtLeast?: { readonly atLeast: number; readonly expressions: readonly Expression[] };
    readonly identicalChars?: { readonly max: number };
    readonly sequentialChars?: { readonly max: number };
    readonly maxLength?: { readonly maxBytes: number };
  }

  export const charsets: Readonly<Record<"lowerCase" | "upperCase" | "numbers" | "specialCharacters", Expression>>;

  export class PasswordPolicy {
    constructor(rules: Rules);
    missing(password: string): { readonly rules: readonly CheckedRule[]; readonly verified: boolean };
    /** The rules as a text for people, a line each. */
    toString(): string;
  }
}
