import type { Event } from "@auth0/actions/custom-phone-provider/v1";
import type { Connection } from "../../../../types/auth0-actions/post-login-event.d.ts";
import type { Tenant } from "../../tenant.ts";
import { describeClient } from "../event/client.ts";
import { buildRequest } from "../event/request.ts";
import { buildUser } from "../event/user.ts";
import type { PhoneMessage } from "../mail.ts";
import { deliverMessage, describeReceiver } from "./deliver-message.ts";
import type { Pipeline } from "./pipeline.ts";

/** Hands a text to the Action of a tenant whose phone provider is `custom`. */
export function deliverPhoneMessage(pipeline: Pipeline, message: PhoneMessage): void {
  const { tenant } = pipeline;
  const provider = tenant.state.records("/branding/phone/providers").values()[0] as Provider | undefined;
  if (provider?.name !== "custom" || provider.disabled === true) return;
  deliverMessage(pipeline, {
    trigger: "custom-phone-provider",
    event: buildEvent(tenant, message, provider.configuration?.default_from),
    title: `message ${message.messageType} to ${message.user?.user_id ?? "somebody new"}`,
    who: describeReceiver(message),
  });
}

interface Provider {
  readonly name?: string;
  readonly disabled?: boolean;
  readonly configuration?: { readonly default_from?: string };
}

function buildEvent(
  tenant: Pick<Tenant, "name">,
  { client, code, connection, messageType, request, text, to, user }: PhoneMessage,
  from: string | undefined,
): Event {
  const { body: _, query: __, ...shown } = buildRequest(request);
  return {
    client: describeClient(client),
    configuration: {},
    notification: {
      as_text: text,
      as_voice: text,
      code,
      delivery_method: "text",
      locale: "en",
      message_type: messageType,
      recipient: to,
      ...(from !== undefined && { from }),
    },
    request: shown,
    secrets: {},
    tenant: { id: tenant.name },
    // Who is not stored yet has no more than the number.
    user: user === undefined ? ({ phone_number: to } as Event["user"]) : buildUser(user),
    ...(connection !== undefined && { connection: { ...connection } as Connection }),
  };
}
