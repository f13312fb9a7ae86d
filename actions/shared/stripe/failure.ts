/** What was asked could not be found out, or brought about, in this login. The next one tries again. */
export class Unsettled extends Error {}

/**
 * A 2xx answer that is not what was asked for: the SDK takes any JSON without an `error` member for it. It is told by its type, as
 * the SDK's own errors are.
 */
export class UnexpectedAnswer extends Error {
  readonly type = "StripeUnexpectedAnswer";
}

export interface Failure {
  kind: FailureKind;
  /** Stripe's: `resource_missing`. */
  code?: string | undefined;
  /** For the log: type, status, code, request id. Never the message, which may quote a parameter or the end of the key. */
  facts: string;
}

/** What a failed call means for what to do next. */
type FailureKind =
  /** The idempotency key was used for another user's customer. */
  | "mismatch"
  /** The key's stored answer is a 5xx: this key will give nothing else for a day. */
  | "replayed 5xx"
  /** Unknown whether it happened: look again. */
  | "unknown"
  /** Trying again gives the same, in this login: a key, a permission, a parameter, or no time. */
  | "final";

/** @throws {unknown} what was thrown, if it is not a failed call */
export function readFailure(error: unknown): Failure {
  if (error instanceof Unsettled) return { kind: "final", facts: error.message };
  if (!isStripeError(error)) throw error;
  const { type, statusCode, code = error.detail?.code, requestId, headers, message } = error;
  const lacking = /'(rak_\w+)'/.exec(message)?.[1];
  const facts = [type, statusCode, code, requestId, lacking && `lacks ${lacking}`].filter(Boolean).join(" ");
  return { kind: kindOf(type, statusCode, headers?.["idempotent-replayed"] === "true"), code, facts };
}

function kindOf(type: string, status: number | undefined, isReplayed: boolean): FailureKind {
  // No status: no answer, or a page that is not JSON.
  if (!status || status === 409 || status === 429) return "unknown";
  if (type === "StripeIdempotencyError") return "mismatch";
  if (status < 500) return "final";
  return isReplayed ? "replayed 5xx" : "unknown";
}

/** What is read of the SDK's StripeError, told by its shape: to import its class would load the SDK. */
interface StripeErrorShape extends Error {
  type: string;
  code?: string;
  statusCode?: number;
  requestId?: string;
  headers?: Record<string, string>;
  /** The error below a failed connection. */
  detail?: { code?: string };
}

const isStripeError = (error: unknown): error is StripeErrorShape =>
  error instanceof Error && "type" in error && String(error.type).startsWith("Stripe");
