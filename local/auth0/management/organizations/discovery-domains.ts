import { randomBytes } from "node:crypto";
import { randomAlphanumeric } from "../../ids.ts";
import type { DiscoveryDomain } from "../../state/organization.ts";
import type { TenantState } from "../../state/tenant-state.ts";
import { created, endpoint, NO_CONTENT, ok, type Resource } from "../endpoint.ts";
import { getOr404, ManagementError } from "../error.ts";
import { CHECKPOINT_QUERY, renderList } from "../paging.ts";
import { getOrganization } from "../records/organization.ts";

interface DomainBody {
  readonly domain: string;
  readonly status?: DiscoveryDomain["status"];
  readonly use_for_organization_discovery?: boolean;
}

export const organizationDiscoveryDomains: Resource = ({ state }) => [
  endpoint({
    method: "GET",
    path: "/organizations/:id/discovery-domains",
    scopes: ["read:organization_discovery_domains"],
    query: CHECKPOINT_QUERY,
    handle: ({ params, query }) => {
      const { id } = getOrganization(state, params.id);
      const domains = state.discoveryDomains.filter(({ organization_id }) => organization_id === id);
      // This endpoint has only the checkpoint form.
      return ok(renderList("domains", domains.map(renderDomain), { take: 50, ...query }));
    },
  }),
  endpoint<DomainBody>({
    method: "POST",
    path: "/organizations/:id/discovery-domains",
    summary: "Create an organization discovery domain",
    scopes: ["create:organization_discovery_domains"],
    body: "CreateOrganizationDiscoveryDomainRequestContent",
    handle: ({ params, body }) => {
      const organization = getOrganization(state, params.id);
      const domain = body.domain.toLowerCase();
      if (state.discoveryDomains.find((other) => other.domain === domain) !== undefined) {
        throw new ManagementError(409, "An organization domain with this name already exists.");
      }
      const id = `ord_${randomAlphanumeric(22)}`;
      const record: DiscoveryDomain = {
        id,
        organization_id: organization.id,
        domain,
        status: body.status ?? "pending",
        verification_host: `_ss-verification.${organization.id}.${domain}`,
        verification_txt: randomBytes(16).toString("hex"),
        use_for_organization_discovery: body.use_for_organization_discovery ?? true,
      };
      return created(renderDomain(state.discoveryDomains.set(id, record)));
    },
  }),
  endpoint({
    method: "GET",
    path: "/organizations/:id/discovery-domains/name/:domain",
    scopes: ["read:organization_discovery_domains"],
    handle: ({ params }) =>
      ok(renderDomain(getDomain(state, params.id, ({ domain }) => domain === params.domain?.toLowerCase()))),
  }),
  endpoint({
    method: "GET",
    path: "/organizations/:id/discovery-domains/:domainId",
    scopes: ["read:organization_discovery_domains"],
    handle: ({ params }) => ok(renderDomain(getDomain(state, params.id, ({ id }) => id === params.domainId))),
  }),
  endpoint<Omit<DomainBody, "domain">>({
    method: "PATCH",
    path: "/organizations/:id/discovery-domains/:domainId",
    summary: "Update an organization discovery domain",
    scopes: ["update:organization_discovery_domains"],
    body: "UpdateOrganizationDiscoveryDomainRequestContent",
    handle: ({ params, body }) => {
      const domain = getDomain(state, params.id, ({ id }) => id === params.domainId);
      return ok(renderDomain(state.discoveryDomains.set(domain.id, { ...domain, ...body })));
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/organizations/:id/discovery-domains/:domainId",
    summary: "Delete an organization discovery domain",
    scopes: ["delete:organization_discovery_domains"],
    handle: ({ params }) => {
      const { id } = getOrganization(state, params.id);
      // One that is not there is not refused, as recorded.
      state.discoveryDomains.deleteWhere((one) => one.organization_id === id && one.id === params.domainId);
      return NO_CONTENT;
    },
  }),
];

function getDomain(
  state: Pick<TenantState, "discoveryDomains" | "organizations">,
  organizationId: string | undefined,
  matches: (domain: DiscoveryDomain) => boolean,
): DiscoveryDomain {
  const { id } = getOrganization(state, organizationId);
  return getOr404(
    state.discoveryDomains.find((one) => one.organization_id === id && matches(one)),
    "No organization domain found by that id",
  );
}

function renderDomain({ organization_id, ...shown }: DiscoveryDomain): unknown {
  return shown;
}
