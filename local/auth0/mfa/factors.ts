import type { Authenticator } from "../state/authenticator.ts";
import type { TenantState } from "../state/tenant-state.ts";
import type { User } from "../state/user.ts";

/** The second factors that this tenant can ask for. */
export const FACTORS = ["otp", "email"] as const;
export type Factor = (typeof FACTORS)[number];

type State = Pick<TenantState, "authenticators" | "settingRecords">;

/** What a login is to ask for besides the first factor. */
export interface FactorRequest {
  readonly type: "challenge" | "enroll";
  /** By their names at Auth0; those that this tenant does not have among them. */
  readonly factors: readonly string[];
  /** In this login, already. */
  readonly done: readonly string[];
}

/** Of the factors asked for, those that are possible; `unavailable` where this tenant has none of their kind. */
export type FactorPlan =
  | { readonly kind: "ask"; readonly factors: readonly Factor[] }
  | { readonly kind: "unavailable" | "impossible" };

/**
 * Factors that are off, not set up (or, to enrol, set up already) or done are passed by; with none left the login fails (Auth0
 * docs, `challengeWith`).
 */
export function planFactors(state: State, user: User, { type, factors, done }: FactorRequest): FactorPlan {
  const known = FACTORS.filter((factor) => factors.includes(factor));
  if (known.length === 0) return { kind: "unavailable" };
  const enrolled = listEnrolledFactors(state, user);
  const isWanted = (factor: Factor) =>
    type === "challenge"
      ? enrolled.includes(factor) && !done.includes(factor)
      : factor === "otp" && !enrolled.includes(factor);
  const possible = known.filter((factor) => isFactorEnabled(state, factor) && isWanted(factor));
  return possible.length === 0 ? { kind: "impossible" } : { kind: "ask", factors: possible };
}

/** What `multifactor.enable` and the tenant's policy ask for: any factor that the user has, else the app to be set up. */
export function planAnyFactor(state: State, user: User): FactorPlan & { readonly type: FactorRequest["type"] } {
  const challenge = planFactors(state, user, { type: "challenge", factors: FACTORS, done: [] });
  if (challenge.kind === "ask") return { ...challenge, type: "challenge" };
  return { ...planFactors(state, user, { type: "enroll", factors: FACTORS, done: [] }), type: "enroll" };
}

/** An address that is verified is a factor by itself, where the tenant has that one on. */
export function listEnrolledFactors(state: State, user: User): readonly Factor[] {
  return [
    ...(findTotp(state, user.user_id) === undefined ? [] : ["otp" as const]),
    ...(findMailbox(state, user) === undefined ? [] : ["email" as const]),
  ];
}

type Authenticators = Pick<State, "authenticators">;
type OfType<Type extends Authenticator["type"]> = Extract<Authenticator, { readonly type: Type }>;

/** The one of a kind that the user has shown a code of. */
export function findAuthenticator<Type extends Authenticator["type"]>(
  { authenticators }: Authenticators,
  userId: string,
  type: Type,
): OfType<Type> | undefined {
  const found = authenticators.find((one) => one.user_id === userId && one.type === type && one.confirmed !== false);
  return found as OfType<Type> | undefined;
}

export const findTotp = (state: Authenticators, userId: string): OfType<"totp"> | undefined =>
  findAuthenticator(state, userId, "totp");

/** Where codes by email go: the address that was set up for them, else the user's own. */
export function findMailbox(state: State, user: User): string | undefined {
  if (!isFactorEnabled(state, "email")) return undefined;
  const own = user.email_verified === true ? user.email : undefined;
  return findAuthenticator(state, user.user_id, "email")?.email ?? own;
}

/** `PUT /guardian/factors/{name}` */
export function isFactorEnabled(
  { settingRecords }: Pick<State, "settingRecords">,
  factor: Factor | "recovery-code",
): boolean {
  return settingRecords.get(`/guardian/factors/${factor}`)?.value === true;
}

/** `PUT /guardian/policies` */
export function isFactorPolicy({ settingRecords }: Pick<State, "settingRecords">): boolean {
  const policies = settingRecords.get("/guardian/policies")?.value;
  return Array.isArray(policies) && policies.includes("all-applications");
}
