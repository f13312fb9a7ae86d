/** Whether there is a customer could not be found out, or brought about, in this login. The next one tries again. */
export class Unsettled extends Error {
  override readonly name = "Unsettled";
}

/** A 2xx answer that is no customer: the SDK takes any JSON without an `error` member for one. */
export class UnexpectedAnswer extends Error {
  override readonly name = "UnexpectedAnswer";
}

/** What a failed call means for what to do next. */
export type FailureKind =
  /** The idempotency key was used for another user's customer. */
  | "mismatch"
  /** The key's stored answer is a 5xx: this key will give nothing else for a day. */
  | "replayed 5xx"
  /** Unknown whether it happened: look again. */
  | "unknown"
  /** Trying again gives the same: a key, a permission, a parameter. */
  | "final";

/** @throws what was thrown, if it is not a failed call */
export const readFailureKind = (error: unknown): FailureKind => {
  if (error instanceof UnexpectedAnswer) return "unknown";
  if (!isStripeError(error)) throw error;
  const { statusCode: status } = error;
  // No status: no answer, or a page that is not JSON.
  if (status === undefined) return "unknown";
  if (error.type === "StripeIdempotencyError") return "mismatch";
  if (status >= 500) return error.headers?.["idempotent-replayed"] === "true" ? "replayed 5xx" : "unknown";
  return status === 409 || status === 429 ? "unknown" : "final";
};

/** For the log: type, code, status, request id. Never the message, which may quote a parameter or the end of the key. */
export const renderFailedCall = (error: unknown): string => {
  if (!isStripeError(error)) return error instanceof Error ? error.name : typeof error;
  const { type, code, statusCode, requestId, detail } = error;
  const permission = statusCode === 403 ? /'(rak_\w+)'/.exec(error.message)?.[1] : undefined;
  const facts = [
    type,
    statusCode,
    code ?? detail?.code ?? detail?.cause?.code,
    requestId,
    permission && `lacks ${permission}`,
  ];
  return facts.filter((fact) => fact !== undefined).join(" ");
};

/** What is read of the SDK's StripeError, told by its shape: to import its class would load the SDK. */
interface StripeErrorShape extends Error {
  type: string;
  code?: string;
  statusCode?: number;
  requestId?: string;
  headers?: Record<string, string>;
  /** The error below a failed connection. */
  detail?: { code?: string; cause?: { code?: string } };
}

const isStripeError = (error: unknown): error is StripeErrorShape =>
  error instanceof Error && "type" in error && typeof error.type === "string" && error.type.startsWith("Stripe");
