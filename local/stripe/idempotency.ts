import type { Clock } from "../clock.ts";
import type { Collection } from "../state/journal.ts";
import { invalidRequest, StripeFailure } from "./errors.ts";

/** Stripe docs, "Idempotent requests": kept for at least 24 hours. */
const RETENTION = 24 * 60 * 60 * 1000;
const LONGEST_KEY = 255;

/** What was answered first, and to what. */
export interface StoredAnswer {
  readonly key: string;
  readonly endpoint: string;
  readonly parameters: string;
  readonly status: number;
  readonly body: string;
  readonly requestId: string;
  readonly at: number;
}

interface IdempotentRequest {
  readonly key: string;
  /** The path, without the query. */
  readonly endpoint: string;
  /** Canonical text of the parameters. */
  readonly parameters: string;
}

export interface Idempotency {
  /** The stored answer, or undefined when nobody used the key. Throws the 409 or 400 that Stripe answers. */
  read(request: IdempotentRequest): StoredAnswer | undefined;
  /** From here to `end` the key is in use. */
  begin(key: string): void;
  end(key: string): void;
  save(answer: Omit<StoredAnswer, "at">): void;
}

export function createIdempotency(answers: Collection<StoredAnswer>, clock: Clock): Idempotency {
  const inFlight = new Set<string>();
  const isForgotten = ({ at }: StoredAnswer): boolean => clock() - at >= RETENTION;
  // So that saved state does not grow with every request ever made.
  answers.deleteWhere(isForgotten);
  return {
    read({ key, endpoint, parameters }) {
      if (key.length > LONGEST_KEY) {
        throw invalidRequest(`Idempotency keys must be at most ${LONGEST_KEY} characters long.`);
      }
      if (inFlight.has(key)) throw keyInUse(key);
      const stored = answers.get(key);
      if (stored === undefined) return undefined;
      if (isForgotten(stored)) {
        answers.delete(key);
        return undefined;
      }
      if (stored.endpoint !== endpoint) {
        throw mismatch(
          `Keys for idempotent requests can only be used for the same endpoint they were first used for ('${endpoint}' vs '${stored.endpoint}'). Try using a key other than '${key}' if you meant to execute a different request.`,
        );
      }
      if (stored.parameters !== parameters) {
        throw mismatch(
          `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
        );
      }
      return stored;
    },
    begin: (key) => void inFlight.add(key),
    end: (key) => void inFlight.delete(key),
    save: (answer) => void answers.set(answer.key, { ...answer, at: clock() }),
  };
}

/** No `code`: it is told by its type (stripe-ruby #503). */
function mismatch(message: string): StripeFailure {
  return new StripeFailure(400, { type: "idempotency_error", message });
}

function keyInUse(key: string): StripeFailure {
  return new StripeFailure(409, {
    type: "invalid_request_error",
    code: "idempotency_key_in_use",
    message: `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`,
  });
}
