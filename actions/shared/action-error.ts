/**
 * A failure that an Action foresees. Its message goes to the tenant's log: it names settings and states, never values of
 * secrets, tokens or email addresses.
 */
export class ActionError extends Error {
  override readonly name = "ActionError";
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
