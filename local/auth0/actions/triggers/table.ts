import type { Trigger } from "../handler.ts";
import { credentialsExchange } from "./credentials-exchange.ts";
import type { TriggerDefinition } from "./definition.ts";
import { postLogin } from "./post-login.ts";

/** A definition whose types nobody outside it knows: each one reads only what itself has made. */
export type AnyTrigger = TriggerDefinition<unknown, unknown, { readonly type: string }>;

export const triggers = {
  "post-login": postLogin as AnyTrigger,
  "credentials-exchange": credentialsExchange as AnyTrigger,
} satisfies Record<Trigger, AnyTrigger>;
