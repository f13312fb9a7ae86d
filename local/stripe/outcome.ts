import { type StripeErrorBody, StripeFailure } from "./errors.ts";

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What becomes of a request, down to the connection: not every request gets an answer. */
export type Outcome =
  | { readonly kind: "answer"; readonly answer: Answer }
  /** A byte each `ms`. */
  | { readonly kind: "drip"; readonly answer: Answer; readonly ms: number }
  | { readonly kind: "reset" }
  | { readonly kind: "hang" };

export function renderJson(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

export function renderFailure(failure: StripeFailure): Answer {
  const error: StripeErrorBody = failure.body;
  return {
    status: failure.status,
    headers: { "content-type": "application/json", ...failure.headers },
    body: renderJson({ error }),
  };
}

/** Only expected failures have a wire form; anything else is a bug of the local Stripe and must be seen. */
export function answerFailure(error: unknown): Answer {
  if (error instanceof StripeFailure) return renderFailure(error);
  throw error;
}
