import type { Event } from "@auth0/actions/custom-email-provider/v1";
import type { Connection } from "../../../../types/auth0-actions/post-login-event.d.ts";
import type { Tenant } from "../../tenant.ts";
import type { DeliveryTransaction } from "../api/delivery.ts";
import { describeClient } from "../event/client.ts";
import { buildUser } from "../event/user.ts";
import type { Mail } from "../mail.ts";
import type { RunResult } from "../runtime/protocol.ts";
import { listLiveActions } from "./bound-actions.ts";
import { type Pipeline, runTrigger } from "./pipeline.ts";
import { recordRun } from "./record-run.ts";

const TRIGGER = "custom-email-provider";

/** Hands a mail to the Action of a tenant whose email provider is `custom`. Nobody waits for it: the log says what became of it. */
export function deliverMail(pipeline: Pipeline, mail: Mail): void {
  const { tenant } = pipeline;
  const provider = tenant.state.settingRecords.get("/emails/provider")?.value as Provider | undefined;
  const actions = listLiveActions(tenant, TRIGGER);
  if (provider?.name !== "custom" || provider.enabled === false || actions.length === 0) return;
  const event = buildEvent(tenant, mail, provider.default_from_address ?? "");
  const name = actions[0]?.bound.actionName ?? TRIGGER;
  const line = `mail ${mail.messageType} to ${mail.user.user_id}`;
  runTrigger(pipeline, { trigger: TRIGGER, actions, event, roles: [] }).then(
    (result) => {
      recordRun(pipeline, { trigger: TRIGGER, result, who: describeWho(mail) });
      tenant.log(`${line}: ${describeEnd(name, result)}`);
    },
    (error: unknown) => tenant.log(`${line}: not handed over: ${error instanceof Error ? error.message : error}`),
  );
}

interface Provider {
  readonly name?: string;
  readonly enabled?: boolean;
  readonly default_from_address?: string;
}

function describeEnd(name: string, { ending, transaction }: RunResult): string {
  // Without the message, as in recordRun.
  if (ending.kind === "failed") return `${name} failed`;
  const { asked } = transaction as DeliveryTransaction;
  if (asked === undefined) return `delivered by ${name}`;
  return asked.type === "drop"
    ? `dropped by ${name}: ${asked.reason}`
    : `${name} asks for another try, which this tenant does not make: ${asked.reason}`;
}

function buildEvent(tenant: Pick<Tenant, "name">, mail: Mail, from: string): Event {
  return {
    client: describeClient(mail.client),
    configuration: {},
    notification: {
      from,
      html: mail.html,
      locale: "en",
      message_type: mail.messageType,
      subject: mail.subject,
      text: mail.text,
      to: mail.user.email ?? "",
    },
    request: {},
    secrets: {},
    tenant: { id: tenant.name },
    user: { ...buildUser(mail.user) },
    ...(mail.connection !== undefined && { connection: { ...mail.connection } as Connection }),
  };
}

function describeWho({ client, connection, user }: Mail) {
  return {
    user_id: user.user_id,
    ...(client !== undefined && { client_id: client.client_id, client_name: client.name }),
    ...(connection !== undefined && { connection: connection.name, connection_id: connection.id }),
  };
}
