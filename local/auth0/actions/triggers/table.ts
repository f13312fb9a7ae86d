import type { RunTrigger } from "../handler.ts";
import { defineCacheOnly } from "./cache-only.ts";
import { credentialsExchange } from "./credentials-exchange.ts";
import { customTokenExchange } from "./custom-token-exchange.ts";
import { defineDelivery } from "./delivery.ts";
import { passwordReset } from "./password-reset.ts";
import { postLogin } from "./post-login.ts";
import { preUserRegistration } from "./pre-user-registration.ts";
import { type RunInput, startTriggerRun, type TriggerRun } from "./trigger-run.ts";

export const triggerRuns: Readonly<Record<RunTrigger, (given: RunInput) => TriggerRun>> = {
  "post-login": (given) => startTriggerRun(postLogin, given),
  "credentials-exchange": (given) => startTriggerRun(credentialsExchange, given),
  "pre-user-registration": (given) => startTriggerRun(preUserRegistration, given),
  "post-user-registration": (given) => startTriggerRun(defineCacheOnly("post-user-registration"), given),
  "custom-email-provider": (given) => startTriggerRun(defineDelivery("custom-email-provider"), given),
  "custom-phone-provider": (given) => startTriggerRun(defineDelivery("custom-phone-provider"), given),
  "custom-token-exchange": (given) => startTriggerRun(customTokenExchange, given),
  "password-reset-post-challenge": (given) => startTriggerRun(passwordReset, given),
  "event-stream": (given) => startTriggerRun(defineCacheOnly("event-stream"), given),
  "post-change-password": (given) => startTriggerRun(defineCacheOnly("post-change-password"), given),
};
