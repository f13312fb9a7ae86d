/**
 * What the platform may call, by trigger; the first is called to start with. Sources: Auth0 docs, "Actions Triggers", and its
 * package @auth0/actions; of login-post-identifier public Actions. What the other triggers call is published nowhere.
 */
export const ENTRY_POINTS = {
  "post-login": ["onExecutePostLogin", "onContinuePostLogin"],
  "credentials-exchange": ["onExecuteCredentialsExchange"],
  "pre-user-registration": ["onExecutePreUserRegistration", "onContinuePreUserRegistration"],
  "post-user-registration": ["onExecutePostUserRegistration"],
  "post-change-password": ["onExecutePostChangePassword"],
  "send-phone-message": ["onExecuteSendPhoneMessage"],
  "password-reset-post-challenge": ["onExecutePostChallenge", "onContinuePostChallenge"],
  "custom-phone-provider": ["onExecuteCustomPhoneProvider"],
  "custom-email-provider": ["onExecuteCustomEmailProvider"],
  "custom-token-exchange": ["onExecuteCustomTokenExchange"],
  "event-stream": ["onExecuteEventStream"],
  "login-post-identifier": ["onExecutePostIdentifier"],
} as const;

export type Trigger = keyof typeof ENTRY_POINTS;
/** Those whose flow this tenant has. Actions of the others are kept and bound, and never run. */
export const RUN_TRIGGERS = [
  "post-login",
  "credentials-exchange",
  "pre-user-registration",
  "post-user-registration",
  "post-change-password",
  "custom-email-provider",
  "custom-phone-provider",
  "custom-token-exchange",
  "event-stream",
  "password-reset-post-challenge",
] as const satisfies readonly Trigger[];

export type RunTrigger = (typeof RUN_TRIGGERS)[number];

export const isDocumented = (id: string): id is Trigger => Object.hasOwn(ENTRY_POINTS, id);

export type EntryPoint<T extends Trigger = Trigger> = (typeof ENTRY_POINTS)[T][number];

export type Handler = (event: unknown, api: unknown) => Promise<unknown>;

/**
 * Bound and proxied async functions pass; functions that return a promise, async generators and what a compiler makes of
 * async functions for a target before ES2017 do not. By name, because the function may come from another realm.
 */
const isNativeAsyncFunction = (value: unknown): value is Handler =>
  typeof value === "function" && value.constructor.name === "AsyncFunction";

/**
 * The platform's check of what an Action exports, with its messages.
 *
 * @param exported `module.exports` once the Action's code has run
 * @throws {Error} if there is no such handler
 */
export function checkHandler<T extends Trigger>(trigger: T, exported: unknown, entryPoint: EntryPoint<T>): Handler {
  if (typeof exported !== "object" || exported === null) throw new Error("The Action must export an object.");
  if (!ENTRY_POINTS[trigger].some((name) => name === entryPoint)) {
    throw new Error("The Action can only be called with valid methods.");
  }
  const handler: unknown = Reflect.get(exported, entryPoint);
  if (!isNativeAsyncFunction(handler)) {
    const signature = `exports.${entryPoint} = async function(event, api) { }`;
    throw new Error(`Invalid function signature for the "${entryPoint}" handler. Use "${signature}" as the signature.`);
  }
  return handler;
}
