import type { LogEvent } from "../../logs.ts";
import type { DeliveryTransaction } from "../api/delivery.ts";
import type { Mail } from "../mail.ts";
import type { RunResult } from "../runtime/protocol.ts";
import { listLiveActions } from "./bound-actions.ts";
import { type Pipeline, runTrigger } from "./pipeline.ts";
import { recordRun } from "./record-run.ts";

export interface Delivery {
  readonly trigger: "custom-email-provider" | "custom-phone-provider";
  readonly event: object;
  /** How the server's log calls the message, as `mail verify_email to auth0|1`. */
  readonly title: string;
  readonly who: Omit<LogEvent, "type" | "details">;
}

/** Hands a message to the Action of the tenant's own provider. Nobody waits for it: the log says what became of it. */
export function deliverMessage(pipeline: Pipeline, { trigger, event, title, who }: Delivery): void {
  const { settings, tenant } = pipeline;
  const attempt = async (number: number): Promise<void> => {
    const actions = listLiveActions(tenant, trigger);
    if (actions.length === 0) {
      tenant.log(`${title}: not handed over, no Action is bound to ${trigger}`);
      return;
    }
    const name = actions[0]?.bound.actionName ?? trigger;
    const result = await runTrigger(pipeline, { trigger, actions, event, roles: [] });
    recordRun(pipeline, { trigger, result, who });
    const asked = findAsked(result);
    const pause = asked?.type === "retry" ? settings.deliveryRetryAfter[number] : undefined;
    if (pause !== undefined) setTimeout(() => run(number + 1), pause).unref();
    tenant.log(`${title}: ${describeEnd(name, result, pause)}`);
  };
  const run = (number: number): void => {
    attempt(number).catch((error: unknown) =>
      tenant.log(`${title}: not handed over: ${error instanceof Error ? error.message : error}`),
    );
  };
  run(0);
}

const findAsked = ({ ending, transaction }: RunResult) =>
  ending.kind === "failed" ? undefined : (transaction as DeliveryTransaction).asked;

/** @param pause milliseconds until the next try; undefined: there is none */
function describeEnd(name: string, result: RunResult, pause: number | undefined): string {
  // Without the message, as in recordRun.
  if (result.ending.kind === "failed") return `${name} failed`;
  const asked = findAsked(result);
  if (asked === undefined) return `delivered by ${name}`;
  if (asked.type === "drop") return `dropped by ${name}: ${asked.reason}`;
  return pause === undefined
    ? `given up by ${name} after the last try: ${asked.reason}`
    : `to be tried again by ${name} in ${pause / 1000} s: ${asked.reason}`;
}

/** Whose message it was, for the tenant log. */
export function describeReceiver({ client, connection, user }: Pick<Mail, "client" | "connection" | "user">) {
  return {
    ...(user !== undefined && { user_id: user.user_id }),
    ...(client !== undefined && { client_id: client.client_id, client_name: client.name }),
    ...(connection !== undefined && { connection: connection.name, connection_id: connection.id }),
  };
}
