import type { HostMap } from "../../network/host-map.ts";
import type { Tenant } from "../tenant.ts";
import type { Actions } from "./actions.ts";
import type { Mail, PhoneMessage } from "./mail.ts";
import { runPostChangePassword, runPostUserRegistration } from "./pipeline/background.ts";
import { runCredentialsExchange } from "./pipeline/credentials-exchange.ts";
import { runCustomTokenExchange } from "./pipeline/custom-token-exchange.ts";
import { deliverMail } from "./pipeline/deliver-mail.ts";
import { deliverPhoneMessage } from "./pipeline/deliver-phone-message.ts";
import { runEventStream } from "./pipeline/event-stream.ts";
import type { MapPlaces } from "./pipeline/map-places.ts";
import { resumePasswordReset, runPasswordReset } from "./pipeline/password-reset.ts";
import { type Pipeline, replay } from "./pipeline/pipeline.ts";
import { resumePostLogin, runPostLogin } from "./pipeline/post-login.ts";
import { runPreUserRegistration } from "./pipeline/pre-user-registration.ts";
import { skipTrigger } from "./pipeline/skip.ts";
import { createTriggerCache } from "./pipeline/trigger-cache.ts";
import { createRuntimeProcess } from "./runtime/runtime-process.ts";
import { type ActionsSettings, DEFAULT_ACTIONS_SETTINGS } from "./settings.ts";

export interface ActionsOptions {
  /** Where the bundle of the runtime is kept, made once for many tenants. */
  readonly bundles: string;
  /** Whose node_modules Actions take their dependencies from. */
  readonly directory: string;
  /** What Actions can reach, asked for when their process starts; everything else is refused. */
  readonly getHosts: () => HostMap;
  readonly settings?: Partial<ActionsSettings>;
  /** Says places in the code of Actions as those in what it was made from; as they are, without. */
  readonly mapPlaces?: MapPlaces;
  /** Is told of every run, with what came of it. */
  readonly onRun?: Pipeline["onRun"];
  /** Is told of every mail and text, whether an Action delivers it or not. */
  readonly onMessage?: (message: Mail | PhoneMessage) => void;
}

/** The Actions of one tenant. Their process starts with the first login that has any. */
export function createActions(
  getTenant: () => Tenant,
  {
    bundles,
    directory,
    getHosts,
    mapPlaces = (_, text) => text,
    onRun = () => {},
    onMessage = () => {},
    ...options
  }: ActionsOptions,
): Actions {
  const settings = { ...DEFAULT_ACTIONS_SETTINGS, ...options.settings };
  const log = (line: string) => getTenant().log(line);
  const runtime = createRuntimeProcess({ bundles, directory, getHosts, settings, log });
  const cache = createTriggerCache();
  const pipeline = (): Pipeline => ({ tenant: getTenant(), runtime, cache, settings, mapPlaces, onRun });
  return {
    runPostLogin: (login) => runPostLogin(pipeline(), login),
    resumePostLogin: (...given) => resumePostLogin(pipeline(), ...given),
    runCredentialsExchange: (exchange) => runCredentialsExchange(pipeline(), exchange),
    runCustomTokenExchange: (exchange) => runCustomTokenExchange(pipeline(), exchange),
    runPreUserRegistration: (registration) => runPreUserRegistration(pipeline(), registration),
    runPostUserRegistration: (registered) => runPostUserRegistration(pipeline(), registered),
    runPostChangePassword: (change) => runPostChangePassword(pipeline(), change),
    runPasswordReset: (reset) => runPasswordReset(pipeline(), reset),
    resumePasswordReset: (suspended, request) => resumePasswordReset(pipeline(), suspended, request),
    runEventStream: (actionId, event) => runEventStream(pipeline(), actionId, event),
    deliverMail(mail) {
      onMessage(mail);
      deliverMail(pipeline(), mail);
    },
    deliverPhoneMessage(message) {
      onMessage(message);
      deliverPhoneMessage(pipeline(), message);
    },
    skip: (trigger) => skipTrigger(getTenant(), trigger),
    deniedStatus: settings.deniedStatus,
    unavailableStep: settings.unavailableStep,
    runAtManagement: settings.managementTriggers === "run",
    replay: (run, actions) => replay(pipeline(), run, actions),
    start: () => runtime.start(),
    close: () => runtime.close(),
  };
}
