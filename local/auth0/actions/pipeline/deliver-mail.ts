import type { Event } from "@auth0/actions/custom-email-provider/v1";
import type { Connection } from "../../../../types/auth0-actions/post-login-event.d.ts";
import type { Tenant } from "../../tenant.ts";
import { describeClient } from "../event/client.ts";
import { buildRequest } from "../event/request.ts";
import { buildUser } from "../event/user.ts";
import type { Mail } from "../mail.ts";
import { deliverMessage, describeReceiver } from "./deliver-message.ts";
import type { Pipeline } from "./pipeline.ts";

/** Hands a mail to the Action of a tenant whose email provider is `custom`. */
export function deliverMail(pipeline: Pipeline, mail: Mail): void {
  const { tenant } = pipeline;
  const provider = tenant.state.settingRecords.get("/emails/provider")?.value as Provider | undefined;
  if (provider?.name !== "custom" || provider.enabled === false) return;
  deliverMessage(pipeline, {
    trigger: "custom-email-provider",
    event: buildEvent(tenant, mail, provider.default_from_address ?? ""),
    title: `mail ${mail.messageType} to ${mail.user?.user_id ?? "somebody new"}`,
    who: describeReceiver(mail),
  });
}

interface Provider {
  readonly name?: string;
  readonly enabled?: boolean;
  readonly default_from_address?: string;
}

function buildEvent(tenant: Pick<Tenant, "name">, mail: Mail, from: string): Event {
  const { ip, hostname, geoip, query, user_agent } = buildRequest(mail.request);
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
      to: mail.to,
    },
    request: { ip, hostname, geoip: { ...geoip }, query, ...(user_agent !== undefined && { user_agent }) },
    secrets: {},
    tenant: { id: tenant.name },
    user: mail.user === undefined ? { email: mail.to } : { ...buildUser(mail.user) },
    ...(mail.connection !== undefined && { connection: { ...mail.connection } as Connection }),
  };
}
