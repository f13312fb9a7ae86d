import type { MessageType } from "../../../types/auth0-actions/custom-email-provider-v1.d.ts";
import type { Event as PhoneEvent } from "../../../types/auth0-actions/custom-phone-provider-v1.d.ts";
import type { Client } from "../state/resources.ts";
import type { User } from "../state/user.ts";
import type { ActionRequest, ConnectionSummary } from "./login-context.ts";

interface Message {
  /** The address or the number. */
  readonly to: string;
  /** Unknown where a code is sent to somebody who is not stored yet. */
  readonly user?: User | undefined;
  readonly text: string;
  readonly connection?: ConnectionSummary;
  /** Unknown where the Management API asked for the message. */
  readonly client?: Client | undefined;
  /** That had it sent. */
  readonly request: ActionRequest;
}

/** A mail that the tenant sends. */
export interface Mail extends Message {
  readonly messageType: MessageType;
  readonly subject: string;
  readonly html: string;
}

/** A text that the tenant sends to a phone. */
export interface PhoneMessage extends Message {
  readonly messageType: PhoneEvent["notification"]["message_type"];
  readonly code: string;
}
