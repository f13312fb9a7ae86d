import type { PostLoginEffect } from "./effects.ts";
import { type ApiSettings, DEFAULT_API_SETTINGS } from "./settings.ts";

type EffectOf<Type extends PostLoginEffect["type"]> = Extract<PostLoginEffect, { type: Type }>;

/** What a pipeline does once an Action's handler has returned. */
export type NextStep =
  | { type: "run-next-action" }
  /** The login fails with this message. */
  | { type: "fail"; message: string }
  /** No later Action runs, no token is issued; `revokes` says what is ended besides. */
  | { type: "deny"; reason: string; revokes: "nothing" | "session" | "session-and-refresh-tokens" | "refresh-token" }
  | EffectOf<"validation-error">
  /** Suspended until `/continue`, a form or a factor brings the user back. */
  | EffectOf<"redirect">
  | EffectOf<"render-prompt">
  | EffectOf<"challenge" | "enroll">;

const findEffect = <Type extends PostLoginEffect["type"]>(effects: readonly PostLoginEffect[], ...types: Type[]) =>
  effects.find((effect): effect is EffectOf<Type> => types.some((type) => type === effect.type));

function planDenial(effect: EffectOf<"deny" | "revoke-session" | "revoke-refresh-token">): NextStep {
  const { reason } = effect;
  switch (effect.type) {
    case "deny":
      return { type: "deny", reason, revokes: "nothing" };
    case "revoke-session":
      return { type: "deny", reason, revokes: effect.preserveRefreshTokens ? "session" : "session-and-refresh-tokens" };
    case "revoke-refresh-token":
      return { type: "deny", reason, revokes: "refresh-token" };
  }
}

/**
 * A denial beats a redirect, whichever was asked for first (Auth0 community: the redirect is not reached); of several
 * denials the first counts, unless one of them revokes more.
 */
export function planNextStep(
  effects: readonly PostLoginEffect[],
  settings: Pick<ApiSettings, "repeatedRedirect"> = DEFAULT_API_SETTINGS,
): NextStep {
  const abort = findEffect(effects, "abort");
  if (abort) return { type: "fail", message: abort.message };
  const denial = findEffect(effects, "revoke-session", "revoke-refresh-token") ?? findEffect(effects, "deny");
  if (denial) return planDenial(denial);
  const inOrder = settings.repeatedRedirect === "last" ? [...effects].reverse() : effects;
  return (
    findEffect(effects, "validation-error") ??
    findEffect(inOrder, "redirect") ??
    findEffect(effects, "render-prompt") ??
    findEffect(effects, "challenge", "enroll") ?? { type: "run-next-action" }
  );
}
