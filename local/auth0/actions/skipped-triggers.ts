/**
 * Triggers whose Actions never run here, and why. It is said to whoever binds one, and in the server's log each time that one would
 * have run. `password-hash-migration` and `mcp-tool` are not among them: nothing here can name their Actions.
 */
const SKIPPED = {
  "send-phone-message": "this tenant has no factor by phone",
  "login-post-identifier": "what it is handed and may ask for is not documented",
  "signup-post-identifier": "what it may ask for is not documented",
  "post-credential-validation": "nothing of it is documented",
} as const;

export type SkippedTrigger = keyof typeof SKIPPED;

/** Undefined for triggers that run. */
export function findWhySkipped(trigger: string): string | undefined {
  return Object.hasOwn(SKIPPED, trigger) ? SKIPPED[trigger as SkippedTrigger] : undefined;
}
