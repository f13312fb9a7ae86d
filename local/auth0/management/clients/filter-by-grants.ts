import type { Client } from "../../state/resources.ts";
import type { TenantState } from "../../state/tenant-state.ts";
import { matchesQuery } from "../search/match.ts";
import { parseSearch } from "../search/parse.ts";

type State = Pick<TenantState, "clientGrants" | "organizationClientGrants">;

/** `q` of the list: `client_grant.organization_id` and `client_grant.allow_any_organization` (auth0 7.1). */
export function filterByGrants(state: State, q: unknown): (client: Client) => boolean {
  if (typeof q !== "string" || q === "") return () => true;
  const isFound = matchesQuery(parseSearch(q));
  return ({ client_id }) => {
    const grants = state.clientGrants.filter((grant) => grant.client_id === client_id);
    return isFound({
      client_grant: grants.map(({ id, allow_any_organization = false }) => ({
        allow_any_organization,
        organization_id: listOrganizations(state, id),
      })),
    });
  };
}

const listOrganizations = ({ organizationClientGrants }: State, grantId: string): readonly string[] =>
  organizationClientGrants.filter(({ grant_id }) => grant_id === grantId).map(({ organization_id }) => organization_id);
