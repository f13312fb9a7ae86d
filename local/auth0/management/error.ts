import { LARGEST_BODY } from "../../http/limit-body.ts";

/** An answer of the Management API that is not a success, in Auth0's wire form. */
export class ManagementError extends Error {
  override readonly name = "ManagementError";
  readonly status: number;
  /** Absent in the services of newer make (actions, roles, organizations). */
  readonly errorCode: string | undefined;
  readonly attributes: Readonly<Record<string, unknown>> | undefined;

  constructor(status: number, message: string, errorCode?: string, attributes?: Readonly<Record<string, unknown>>) {
    super(message);
    this.status = status;
    this.errorCode = errorCode;
    this.attributes = attributes;
  }

  toBody(): Record<string, unknown> {
    return {
      statusCode: this.status,
      error: REASONS[this.status] ?? "Error",
      message: this.message,
      ...(this.errorCode !== undefined && { errorCode: this.errorCode }),
      ...(this.attributes !== undefined && { attributes: this.attributes }),
    };
  }
}

/** The value, if there is one. Throws 404 in Auth0's words for this kind of record. */
export function getOr404<Value>(value: Value | undefined, message: string, errorCode?: string): Value {
  if (value === undefined) throw new ManagementError(404, message, errorCode);
  return value;
}

/** In the words of hapi, which Auth0's API is made with. */
export class PayloadTooLarge extends ManagementError {
  constructor() {
    super(413, `Payload content length greater than maximum allowed: ${LARGEST_BODY}`);
  }
}

const REASONS: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  409: "Conflict",
  412: "Precondition Failed",
  413: "Payload Too Large",
  415: "Unsupported Media Type",
  429: "Too Many Requests",
};
