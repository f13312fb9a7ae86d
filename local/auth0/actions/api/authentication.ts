import type { PostLoginAPI } from "@auth0/actions/post-login/v3";
import type { PostLoginContext } from "./context.ts";
import { toJson } from "./to-json.ts";

type Authentication = PostLoginAPI["authentication"];
type Given<Method extends keyof Authentication> = Parameters<Authentication[Method]>;

const MAX_USER_ID_LENGTH = 128;

/**
 * What this Action has set is lost with the user it was for; what earlier Actions set, and what later ones will, goes to the
 * new primary user (Auth0 docs, "Actions limitations"). What this Action sets from now on is not queued either.
 */
function createMetadataDiscarder({ settings, transaction }: PostLoginContext) {
  const userMetadata = new Map(transaction.userMetadata);
  const appMetadata = new Map(transaction.appMetadata);
  return () => {
    transaction.userMetadata = userMetadata;
    if (settings.primaryUserDiscards === "all-metadata") transaction.appMetadata = appMetadata;
  };
}

/** Which factors are enabled, enrolled or already done is for the tenant to say: here all that was asked for is kept. */
export class AuthenticationApi {
  readonly #context: PostLoginContext;
  readonly #discardMetadata: () => void;

  constructor(context: PostLoginContext) {
    this.#context = context;
    this.#discardMetadata = createMetadataDiscarder(context);
  }

  challengeWith(...[factor, options]: Given<"challengeWith">): void {
    this.#ask("challenge", [factor, ...(options?.additionalFactors ?? [])], false);
  }

  challengeWithAny(...[factors]: Given<"challengeWithAny">): void {
    this.#ask("challenge", factors, true);
  }

  enrollWith(...[factor, options]: Given<"enrollWith">): void {
    this.#ask("enroll", [factor, ...(options?.additionalFactors ?? [])], false);
  }

  enrollWithAny(...[factors]: Given<"enrollWithAny">): void {
    this.#ask("enroll", factors, true);
  }

  recordMethod(url: string): PostLoginAPI {
    const { effects, getApi, isContinuing, settings } = this.#context;
    if (isContinuing) effects.push({ type: "record-method", url });
    else if (settings.misplacedCall === "fails") {
      effects.push({ type: "abort", message: "Methods can only be recorded in onContinuePostLogin." });
    }
    return getApi();
  }

  setPrimaryUser(userId: string): void {
    const { effects, transaction } = this.#context;
    if (transaction.primaryUser !== undefined) {
      throw new Error("The primary user can only be altered once per transaction");
    }
    if (typeof userId !== "string" || userId.length === 0) {
      throw new Error("The provided primary_user_id must be a non-empty string");
    }
    if (userId.length > MAX_USER_ID_LENGTH) {
      throw new Error("The provided primary_user_id exceeds the maximum length.");
    }
    transaction.primaryUser = userId;
    this.#discardMetadata();
    effects.push({ type: "set-primary-user", userId });
  }

  #ask(type: "challenge" | "enroll", factors: readonly unknown[], isSelectorShown: boolean): void {
    this.#context.effects.push({ type, factors: factors.map(toJson), isSelectorShown });
  }
}
