import type { MessageType } from "../../../types/auth0-actions/custom-email-provider-v1.d.ts";
import type { Client } from "../state/resources.ts";
import type { User } from "../state/user.ts";
import type { ConnectionSummary } from "./login-context.ts";

/** A mail that the tenant sends to one of its users. */
export interface Mail {
  readonly messageType: MessageType;
  readonly user: User;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly connection?: ConnectionSummary;
  /** Unknown where the Management API asked for the mail. */
  readonly client?: Client | undefined;
}
