import type { Event } from "@auth0/actions/post-login/v3";
import { jest } from "@jest/globals";
import type { PostLoginEffect } from "../../../local/auth0/actions/api/effects.ts";
import { issueClaims } from "../../../local/auth0/actions/api/issue-claims.ts";
import { issueScopes } from "../../../local/auth0/actions/api/issue-scopes.ts";
import { type NextStep, planNextStep } from "../../../local/auth0/actions/api/next-step.ts";
import type { PostLoginTransaction } from "../../../local/auth0/actions/api/transaction.ts";
import { nextEvent } from "../../../local/auth0/actions/event/next-event.ts";
import { checkHandler, type EntryPoint } from "../../../local/auth0/actions/handler.ts";
import { type ApiOptions, buildApi } from "./api.ts";
import { apiScopes } from "./tenant-grants.ts";

export interface RunOptions extends Omit<ApiOptions, "isContinuing"> {
  entryPoint?: EntryPoint<"post-login">;
  /** Permissions of the user in the tenant, which RBAC lets through; without: RBAC is off. */
  assigned?: readonly string[];
  /** What the client asked for, where the event does not say. */
  requested?: readonly string[];
}

export interface ActionRun {
  effects: PostLoginEffect[];
  step: NextStep;
  /** What the user is told if the login is denied. */
  denied: string | undefined;
  redirectedTo: URL | undefined;
  /** Of the access token, as it would be issued after this Action. */
  scopes: string[];
  claims: Record<string, unknown>;
  idTokenClaims: Record<string, unknown>;
  /** All that the Action wrote to the console. */
  logs: string[];
  transaction: PostLoginTransaction;
  /** What the next Action would see. */
  nextEvent: Event;
}

const CONSOLE_METHODS = ["debug", "info", "log", "warn", "error"] as const;

const captureConsole = () => {
  const logs: string[] = [];
  const spies = CONSOLE_METHODS.map((method) =>
    jest.spyOn(console, method).mockImplementation((...values: unknown[]) => {
      logs.push(values.map(String).join(" "));
    }),
  );
  const restore = () => {
    for (const spy of spies) spy.mockRestore();
  };
  return { logs, restore };
};

const isApiScope = (scope: string) => apiScopes.some((each) => each === scope);

/** Runs an Action's handler on the tenant's own api object: the handler is checked as the platform checks it. */
export const runAction = async (exported: unknown, event: Event, options: RunOptions = {}): Promise<ActionRun> => {
  const { assigned, entryPoint = "onExecutePostLogin", requested, ...apiOptions } = options;
  const before = structuredClone(event);
  const isContinuing = entryPoint === "onContinuePostLogin";
  const { api, effects, transaction } = buildApi(event, { ...apiOptions, isContinuing });
  if (requested) transaction.targetScopes = [...requested];
  const { logs, restore } = captureConsole();
  try {
    await checkHandler("post-login", exported, entryPoint)(event, api);
  } finally {
    restore();
  }
  const step = planNextStep(effects);
  const authorized = transaction.targetScopes.filter(
    (scope) => assigned === undefined || !isApiScope(scope) || assigned.includes(scope),
  );
  const audience = event.resource_server?.identifier ?? "";
  const { scopes } = issueScopes(authorized, transaction.scopeOperations, {
    audience,
    isAuth0Api: false,
    isThirdParty: false,
  });
  const { claims } = issueClaims(transaction.claims.accessToken, { scopes, isAuth0Api: false });
  const idToken = issueClaims(transaction.claims.idToken, { scopes, isAuth0Api: false });
  return {
    effects,
    step,
    denied: step.type === "deny" ? step.reason : undefined,
    redirectedTo: step.type === "redirect" ? new URL(step.url) : undefined,
    scopes,
    claims,
    idTokenClaims: idToken.claims,
    logs,
    transaction,
    nextEvent: nextEvent(before, transaction),
  };
};
