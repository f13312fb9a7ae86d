/** A refusal by an OAuth endpoint: status and body as Auth0 words them (often not RFC 6749's status). */
export class OAuthError extends Error {
  override readonly name = "OAuthError";
  readonly status: number;
  readonly error: string;
  readonly extra: Readonly<Record<string, string>>;
  /** For the tenant log alone. */
  readonly logDetails: Readonly<Record<string, unknown>>;

  constructor(
    status: number,
    error: string,
    description: string,
    extra: Readonly<Record<string, string>> = {},
    logDetails: Readonly<Record<string, unknown>> = {},
  ) {
    super(description);
    this.status = status;
    this.error = error;
    this.extra = extra;
    this.logDetails = logDetails;
  }

  toBody(): Record<string, string> {
    return { error: this.error, error_description: this.message, ...this.extra };
  }
}
