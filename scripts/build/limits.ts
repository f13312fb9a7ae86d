/**
 * What Auth0 accepts. Auth0 docs: "Actions Limitations" (code size), "Entity Limit Policy" (the rest).
 * The docs say kB without saying which: 1,000 bytes is the smaller, and a bundle near it is a mistake anyway.
 */
export const LIMITS = {
  codeBytes: 100_000,
  /** Not Auth0's: what a bundle may have before it is minified. */
  readableBytes: 8_000,
  dependencies: 10,
  secrets: 30,
  secretNameLength: 128,
  secretValueLength: 4096,
  boundActions: 20,
} as const;

/** Triggers that take fewer Actions than others (Auth0 docs of each). */
export const FEW_BOUND_ACTIONS: ReadonlyMap<string, number> = new Map([
  ["custom-email-provider", 1],
  ["custom-phone-provider", 1],
  ["password-reset-post-challenge", 4],
]);

/** Runtimes that an Action may be built for, to esbuild's name for them. */
export const RUNTIMES: ReadonlyMap<string, string> = new Map([
  ["node22", "node22"],
  ["node18-actions", "node18"],
  ["node18", "node18"],
]);

/** Runtimes that Actions of a tenant may still have from earlier. */
export const OLD_RUNTIMES: readonly string[] = ["node12", "node16", "node18"];

/** For an Action that names no runtime: a new one gets the newest, another keeps the one that it has. */
export const OLDEST_TARGET = "node18";
