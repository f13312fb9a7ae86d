import type { Trigger } from "../../local/auth0/actions/handler.ts";

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

/** The current version of each trigger that the local tenant can run; what it cannot run cannot be tested either. */
export const TRIGGER_VERSIONS: Readonly<Record<Trigger, string>> = { "post-login": "v3", "credentials-exchange": "v2" };

/** Runtimes of the current trigger versions, to esbuild's name for them. */
export const RUNTIMES: ReadonlyMap<string, string> = new Map([
  ["node22", "node22"],
  ["node18-actions", "node18"],
]);
