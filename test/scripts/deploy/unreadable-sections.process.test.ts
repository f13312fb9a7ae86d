import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import type { Desired } from "../../../scripts/deploy/plan/desired.ts";
import type { TenantDocument } from "../../../scripts/tenant/document.ts";
import { isWrite, type Reply } from "../../faults/fault-proxy.ts";
import { type ProjectOnTenant, startProjectOnTenant } from "./project-on-tenant.ts";

type Document = Readonly<Record<string, unknown>>;

const answer = (statusCode: number, errorCode: string, message: string): Reply => ({
  status: statusCode,
  headers: { "retry-after": "0" },
  body: JSON.stringify({ statusCode, error: "Refused", message, errorCode }),
});
const NOT_ENABLED = answer(403, "feature_not_enabled", "This feature is not enabled for your tenant.");
const NOT_FOUND = answer(404, "not_found", "Not Found");
const LIMITED = answer(429, "too_many_requests", "Global limit has been reached");
const NOT_IMPLEMENTED = answer(501, "not_implemented", "Not Implemented");

const profiles = { userAttributeProfiles: [{ name: "Staff", user_attributes: {} }] };
const acls = {
  networkACLs: [
    {
      description: "Block",
      active: true,
      priority: 1,
      rule: { action: { block: true }, match: { geo_country_codes: ["AQ"] }, scope: "tenant" },
    },
  ],
};
const library = (fields: Document = {}) => ({
  organizations: [{ name: "library", display_name: "Library", ...fields }],
});

/** Where the Deploy CLI takes what it was told for "there is none". */
const ROWS: readonly (readonly [string, Document, string, Reply])[] = [
  ["profiles that are not enabled", profiles, "/user-attribute-profiles", NOT_ENABLED],
  ["profiles that are not there", profiles, "/user-attribute-profiles", NOT_FOUND],
  ["lists of networks, with the limit reached", acls, "/network-acls", LIMITED],
  ["lists of networks that are not enabled", acls, "/network-acls", NOT_ENABLED],
  [
    "modules that are not implemented",
    { actionModules: [{ name: "m", code: "exports.x = 1;" }] },
    "/actions/modules",
    NOT_IMPLEMENTED,
  ],
  ["organizations that are not there", library(), "/organizations", NOT_FOUND],
  [
    "domains that an organization is to have",
    library({ discovery_domains: [{ domain: "a.example", status: "pending" }] }),
    "/discovery-domains",
    NOT_ENABLED,
  ],
  ["the supplemental signals", { supplementalSignals: { akamai_enabled: true } }, "/supplemental-signals", NOT_ENABLED],
];

describe("a section of which the tenant does not say what it has", () => {
  let on: ProjectOnTenant;
  beforeAll(async () => {
    on = await startProjectOnTenant();
    await on.prepared.connection.management.organizations.create({ name: "library", display_name: "Library" });
  });
  afterEach(() => on.proxy.disarm());
  afterAll(() => on.close());

  const desire = (document: Document): Desired => ({
    ...on.prepared.desired,
    actions: [],
    document: document as unknown as TenantDocument,
  });
  const refuse = (end: string, reply: Reply) =>
    on.proxy.answerWith(({ method, path }) => (method === "GET" && path.endsWith(end) ? reply : undefined));

  test.each(ROWS)(
    "is not taken for empty: %s",
    async (_, document, end, reply) => {
      refuse(end, reply);
      const deploying = on.deploy(desire(document));
      await expect(deploying).rejects.toMatchObject({
        code: reply === LIMITED ? "DEPLOY_RATE_LIMITED" : "TENANT_UNREADABLE",
      });
      await expect(deploying).rejects.toThrow(end);
      await expect(deploying).rejects.toThrow(String(reply.status));
      expect(on.proxy.seen.filter(isWrite)).toEqual([]);
    },
    60_000,
  );

  test.each<[string, Document, string, Reply]>([
    ["domains of organizations", library(), "/discovery-domains", NOT_ENABLED],
    ["clients of organizations", library(), "/clients", NOT_ENABLED],
    ["the email provider", { emailProvider: {} }, "/emails/provider", NOT_FOUND],
    [
      "a page template",
      { branding: { logo_url: "https://a.example/" } },
      "/branding/templates/universal-login",
      NOT_FOUND,
    ],
  ])(
    "is planned without what tenant.yaml does not have, or nobody has: %s",
    async (_, document, end, reply) => {
      refuse(end, reply);
      if (end === "/clients")
        on.proxy.answerWith(({ path }) => (/^\/api\/v2\/organizations\/.*\/clients$/.test(path) ? reply : undefined));
      await expect(on.plan(desire(document))).resolves.toMatchObject({ domain: on.proxy.domain });
    },
    60_000,
  );
});
