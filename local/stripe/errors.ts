import type Stripe from "stripe";
import { LARGEST_BODY } from "../http/limit-body.ts";

/** The `error` member of a failed answer. Stripe docs: "Errors". */
export interface StripeErrorBody {
  type: Stripe.RawErrorType;
  code?: string;
  decline_code?: string;
  doc_url?: string;
  message: string;
  param?: string;
}

/** Thrown by whatever handles a request; written to the wire as `{"error": …}`. */
export class StripeFailure extends Error {
  override readonly name = "StripeFailure";
  readonly status: number;
  readonly body: StripeErrorBody;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, body: Omit<StripeErrorBody, "doc_url">, headers: Readonly<Record<string, string>> = {}) {
    super(body.message);
    this.status = status;
    this.body =
      body.code === undefined
        ? body
        : { ...body, doc_url: `https://stripe.com/docs/error-codes/${body.code.replaceAll("_", "-")}` };
    this.headers = headers;
  }
}

export function invalidRequest(message: string, details: { code?: string; param?: string } = {}): StripeFailure {
  return new StripeFailure(400, { type: "invalid_request_error", message, ...details });
}

export function missingParameter(param: string): StripeFailure {
  return invalidRequest(`Missing required param: ${param}.`, { code: "parameter_missing", param });
}

/** A card that a bank refuses. Stripe docs, "Declines". */
export interface Decline {
  readonly code: string;
  readonly decline_code?: string;
  readonly message: string;
}

export function cardDeclined(decline: Decline): StripeFailure {
  return new StripeFailure(402, { type: "card_error", ...decline });
}

/** An object that the account does not have, or no longer. As a parameter it is a 400, in the path a 404. */
export function resourceMissing(kind: string, id: string, param = "id"): StripeFailure {
  return new StripeFailure(param === "id" ? 404 : 400, {
    type: "invalid_request_error",
    code: "resource_missing",
    message: `No such ${kind}: '${id}'`,
    param,
  });
}

/** Stripe documents no limit and no words for one; a body of an API call is never near it. */
export function tooLarge(): StripeFailure {
  const message = `The request is larger than the ${LARGEST_BODY} bytes that the local Stripe takes.`;
  return new StripeFailure(413, { type: "invalid_request_error", message });
}

export function unrecognizedUrl(method: string, path: string): StripeFailure {
  return new StripeFailure(404, {
    type: "invalid_request_error",
    message: `Unrecognized request URL (${method}: ${path}). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`,
  });
}

export function internalError(): StripeFailure {
  return new StripeFailure(500, {
    type: "api_error",
    message: "An unknown error occurred; the local Stripe was told to fail here.",
  });
}
