import type { Client } from "../state/resources.ts";
import type { User } from "../state/user.ts";
import type { ActionRequest } from "./login-context.ts";

/** A token exchange (RFC 8693) as it stands before its Action: client authenticated, profile found by the subject's type. */
export interface TokenExchangeContext {
  /** `action_id` of the token exchange profile. */
  readonly actionId: string;
  readonly request: ActionRequest;
  readonly client: Client;
  readonly audience: string;
  readonly organizationId?: string;
  /** From the request; empty when it named none. */
  readonly requestedScopes: readonly string[];
  readonly requestedTokenType?: string;
  readonly subject: ForeignToken;
  readonly actor?: ForeignToken & {
    /** Only of an ID token that this tenant has verified itself. */
    readonly user?: User;
  };
}

interface ForeignToken {
  readonly token: string;
  /** A URI: `subject_token_type`, `actor_token_type`. */
  readonly type: string;
}
