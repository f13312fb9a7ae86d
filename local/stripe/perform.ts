import type { Account } from "./account.ts";
import { internalError } from "./errors.ts";
import { effectOf, type FaultEffect } from "./fault-kinds.ts";
import type { Faults } from "./faults.ts";
import { parseForm, parseJsonForm, renderCanonicalForm } from "./form.ts";
import type { Idempotency } from "./idempotency.ts";
import { type ApiKeys, checkPermission } from "./keys.ts";
import type { Operation } from "./operation.ts";
import { type Answer, answerFailure, type Outcome, renderJson } from "./outcome.ts";
import type { RateLimits } from "./rate-limits.ts";
import type { Expand } from "./resources/expand.ts";

export interface StripeRequest {
  readonly requestId: string;
  readonly path: string;
  /** The id in the path, or empty. */
  readonly id: string;
  /** The query of a GET or DELETE, the body of a POST. */
  readonly parameters: string;
  readonly authorization: string | undefined;
  readonly idempotencyKey: string | undefined;
}

/** Lets a fault take its milliseconds. */
export type Pause = (ms: number) => Promise<unknown>;

export interface Services {
  readonly account: Account;
  readonly keys: ApiKeys;
  readonly idempotency: Idempotency;
  readonly rateLimits: RateLimits;
  readonly faults: Faults;
  readonly expand: Expand;
  /** Lets everything happen that time has brought. */
  readonly catchUp: () => void;
  readonly pause: Pause;
}

/** One request from its arrival to its outcome. The order is Stripe's: key, permission, rate, idempotency, parameters. */
export async function perform(services: Services, operation: Operation, request: StripeRequest): Promise<Outcome> {
  const fault = services.faults.take({ method: operation.method, route: operation.route, path: request.path });
  const effect = effectOf(fault?.kind);
  const ms = fault?.ms ?? 1000;

  if (effect.arriveLate) await services.pause(ms);
  if (effect.arrive !== undefined) return effect.arrive();
  const work = (run: () => object) => carryOut(run, effect, () => services.pause(ms));
  const answer = await respond(services, operation, request, work).catch(answerFailure);
  return effect.finish?.(answer, ms) ?? { kind: "answer", answer };
}

async function respond(
  services: Services,
  operation: Operation,
  request: StripeRequest,
  work: (run: () => object) => Promise<Answer>,
): Promise<Answer> {
  const { account, keys, rateLimits, idempotency, expand } = services;
  const key = keys.check(request.authorization);
  checkPermission(key, operation.permission, account.id);
  rateLimits.check(`${operation.method} ${operation.route}`);
  services.catchUp();
  const isJson = operation.method === "POST" && operation.route.startsWith("/v2/");
  const form = isJson ? parseJsonForm(request.parameters) : parseForm(request.parameters);
  const prepare = (): (() => object) => {
    const run = operation.prepare(form, request.id);
    return () => expand(run(), form);
  };

  // Only POST: Stripe ignores the key of a GET or DELETE, which are idempotent by definition.
  const idempotencyKey = operation.method === "POST" ? request.idempotencyKey : undefined;
  if (idempotencyKey === undefined) return work(prepare());

  const asked = { key: idempotencyKey, endpoint: request.path, parameters: renderCanonicalForm(form) };
  const stored = idempotency.read(asked);
  if (stored !== undefined) {
    return {
      status: stored.status,
      headers: { ...JSON_HEADERS, "idempotent-replayed": "true", "original-request": stored.requestId },
      body: stored.body,
    };
  }
  const run = prepare();
  idempotency.begin(idempotencyKey);
  try {
    const answer = await work(run);
    const { status, body } = answer;
    idempotency.save({ ...asked, status, body, requestId: request.requestId });
    return answer;
  } finally {
    idempotency.end(idempotencyKey);
  }
}

const JSON_HEADERS = { "content-type": "application/json" } as const;

async function carryOut(run: () => object, effect: FaultEffect, pause: () => Promise<unknown>): Promise<Answer> {
  if (effect.workLong) await pause();
  try {
    if (effect.fail === "before") throw internalError();
    const body = renderJson(run());
    if (effect.fail === "after") throw internalError();
    return { status: 200, headers: JSON_HEADERS, body };
  } catch (error) {
    return answerFailure(error);
  }
}
