import type { Client } from "../../../state/resources.ts";
import type { Tenant } from "../../../tenant.ts";
import type { AuthorizeParameters } from "../parameters.ts";

interface UncheckedRequest {
  readonly tenant: Pick<Tenant, "issuer" | "log" | "state">;
  readonly client: Client;
  readonly parameters: AuthorizeParameters;
}

/** Throws the OAuthError that the client is sent, or passes. */
export type Check = (request: UncheckedRequest) => void;
