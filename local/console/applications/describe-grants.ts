import type { Tenant } from "../../auth0/tenant.ts";

export interface GrantView {
  /** Name of the application, or the group of them that the grant is for. */
  readonly application: string;
  /** The API's identifier. */
  readonly audience: string;
  readonly scopes: readonly string[];
  /** For whom: the application itself, or its users. */
  readonly subject: "client" | "user";
}

/** Which applications may have tokens for which APIs. */
export const describeGrants = ({ state }: Pick<Tenant, "state">): readonly GrantView[] =>
  state.clientGrants.values().map(({ client_id = "", default_for, audience, scope, subject_type }) => ({
    application: state.clients.get(client_id)?.name ?? default_for ?? client_id,
    audience,
    scopes: scope,
    subject: subject_type,
  }));
