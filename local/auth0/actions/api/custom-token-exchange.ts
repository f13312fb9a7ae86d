import type { ConnectionUser, CustomTokenExchangeAPI, Event } from "@auth0/actions/custom-token-exchange/v1";
import type { Actor } from "../../../../types/auth0-actions/post-login-event.d.ts";
import { checkActor } from "./actor.ts";
import { CacheApi, type CacheRecord } from "./cache.ts";
import { checkInput } from "./check-input.ts";
import { DENY, METADATA, ORGANIZATION, REJECT, USER_BY_CONNECTION, USER_BY_ID } from "./custom-token-exchange-input.ts";
import type { ApiSettings } from "./settings.ts";
import { toJson } from "./to-json.ts";

/** Whose the foreign token is. */
export type ExchangedUser =
  | { readonly by: "id"; readonly userId: string }
  | {
      readonly by: "connection";
      readonly connection: string;
      readonly user: ConnectionUser;
      readonly options: Parameters<CustomTokenExchangeAPI["authentication"]["setUserByConnection"]>[2];
    };

/** What one Action asked for, in its order: plain data, fit for structured cloning. */
export type CustomTokenExchangeEffect =
  | { type: "deny"; code: string; reason: string }
  | { type: "reject-subject-token"; reason: string }
  | { type: "set-user"; user: ExchangedUser }
  | { type: "set-organization"; organization: string }
  | { type: "set-actor"; actor: Actor }
  | { type: "set-app-metadata" | "set-user-metadata"; key: string; value: unknown };

/** What the Action has asked for so far; metadata of null removes. */
export interface CustomTokenExchangeTransaction {
  user?: ExchangedUser;
  organization?: string;
  actor?: Actor;
  readonly appMetadata: Map<string, unknown>;
  readonly userMetadata: Map<string, unknown>;
  readonly cache: Map<string, CacheRecord>;
}

interface ApiOptions {
  readonly event: Event;
  readonly transaction: CustomTokenExchangeTransaction;
  readonly settings: ApiSettings;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

interface ExchangeContext {
  readonly ask: (effect: CustomTokenExchangeEffect) => void;
  readonly transaction: CustomTokenExchangeTransaction;
}

/** The `api` argument of the Action of a token exchange profile. Its methods return nothing. */
export function createCustomTokenExchangeApi({ transaction, settings, now }: ApiOptions): {
  readonly api: CustomTokenExchangeAPI;
  readonly effects: CustomTokenExchangeEffect[];
} {
  const effects: CustomTokenExchangeEffect[] = [];
  const context: ExchangeContext = { ask: (effect) => void effects.push(effect), transaction };
  const api: CustomTokenExchangeAPI = {
    access: new AccessApi(context),
    authentication: new AuthenticationApi(context),
    cache: new CacheApi(transaction.cache, settings, now),
    user: new UserApi(context),
  };
  return { api, effects };
}

/** Neither ends the function that runs: the Action returns by itself. */
class AccessApi {
  readonly #context: ExchangeContext;

  constructor(context: ExchangeContext) {
    this.#context = context;
  }

  deny(code: string, reason: string): void {
    checkInput(DENY, { code, reason }, "Invalid deny arguments");
    this.#context.ask({ type: "deny", code, reason });
  }

  rejectInvalidSubjectToken(reason: string): void {
    checkInput(REJECT, { reason }, "Invalid rejectInvalidSubjectToken arguments");
    this.#context.ask({ type: "reject-subject-token", reason });
  }
}

class AuthenticationApi {
  readonly #context: ExchangeContext;

  constructor(context: ExchangeContext) {
    this.#context = context;
  }

  setUserById(userId: string): void {
    checkInput(USER_BY_ID, { user_id: userId }, "Invalid setUserById arguments");
    this.#setUser({ by: "id", userId });
  }

  setUserByConnection(
    ...[connection, user, options]: Parameters<CustomTokenExchangeAPI["authentication"]["setUserByConnection"]>
  ): void {
    const given = { connection_name: connection, user_attributes: user, options };
    checkInput(USER_BY_CONNECTION, given, "Invalid setUserByConnection arguments");
    this.#setUser({ by: "connection", connection, user: toJson(user) as ConnectionUser, options: { ...options } });
  }

  setOrganization(organization: string): void {
    checkInput(ORGANIZATION, { organization }, "Invalid setOrganization arguments");
    this.#context.transaction.organization = organization;
    this.#context.ask({ type: "set-organization", organization });
  }

  setActor(given: Actor): void {
    checkActor(given);
    const actor = toJson(given) as Actor;
    this.#context.transaction.actor = actor;
    this.#context.ask({ type: "set-actor", actor });
  }

  #setUser(user: ExchangedUser): void {
    this.#context.transaction.user = user;
    this.#context.ask({ type: "set-user", user });
  }
}

class UserApi {
  readonly #context: ExchangeContext;

  constructor(context: ExchangeContext) {
    this.#context = context;
  }

  setAppMetadata(key: string, value: unknown): void {
    checkInput(METADATA, { key }, "Invalid setAppMetadata arguments");
    this.#set("set-app-metadata", this.#context.transaction.appMetadata, key, value);
  }

  setUserMetadata(key: string, value: unknown): void {
    checkInput(METADATA, { key }, "Invalid setUserMetadata arguments");
    this.#set("set-user-metadata", this.#context.transaction.userMetadata, key, value);
  }

  #set(
    type: "set-app-metadata" | "set-user-metadata",
    changes: Map<string, unknown>,
    key: string,
    value: unknown,
  ): void {
    const json = toJson(value);
    changes.set(key, json);
    this.#context.ask({ type, key, value: json });
  }
}
