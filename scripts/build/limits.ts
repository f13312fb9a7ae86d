/**
 * What Auth0 accepts. Auth0 docs: "Actions Limitations" (code size), "Entity Limit Policy" (the rest).
 * The docs say kB without saying which: 1,000 bytes is the smaller, and a bundle near it is a mistake anyway.
 */
export const limits = {
  codeBytes: 100_000,
  dependencies: 10,
  secrets: 30,
  secretNameLength: 128,
  secretValueLength: 4096,
  boundActions: 20,
} as const;

export interface Trigger {
  readonly version: string;
  readonly handler: string;
  /** Called after a redirect. */
  readonly continues?: string;
}

/** Triggers that this project can build for: the current version of each and the handler that it calls. */
export const triggers: ReadonlyMap<string, Trigger> = new Map([
  ["post-login", { version: "v3", handler: "onExecutePostLogin", continues: "onContinuePostLogin" }],
  ["credentials-exchange", { version: "v2", handler: "onExecuteCredentialsExchange" }],
  ["pre-user-registration", { version: "v2", handler: "onExecutePreUserRegistration" }],
  ["post-user-registration", { version: "v2", handler: "onExecutePostUserRegistration" }],
  ["post-change-password", { version: "v2", handler: "onExecutePostChangePassword" }],
]);

/** Runtimes of the current trigger versions, to esbuild's name for them. */
export const runtimes: ReadonlyMap<string, string> = new Map([
  ["node22", "node22"],
  ["node18-actions", "node18"],
]);
