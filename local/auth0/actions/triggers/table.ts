import type { RunTrigger } from "../handler.ts";
import { credentialsExchange } from "./credentials-exchange.ts";
import { postLogin } from "./post-login.ts";
import { type RunInput, startTriggerRun, type TriggerRun } from "./trigger-run.ts";

export const triggerRuns: Readonly<Record<RunTrigger, (given: RunInput) => TriggerRun>> = {
  "post-login": (given) => startTriggerRun(postLogin, given),
  "credentials-exchange": (given) => startTriggerRun(credentialsExchange, given),
};
