import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import type { CommandError } from "../../../scripts/command.ts";
import type { Desired } from "../../../scripts/deploy/plan/desired.ts";
import type { TenantDocument } from "../../../scripts/tenant/document.ts";
import { isWrite, type Reply, type Seen } from "../../faults/fault-proxy.ts";
import { type ProjectOnTenant, startProjectOnTenant } from "./project-on-tenant.ts";

const SECRETS = ["first-smtp-secret", "second-smtp-secret"] as const;

const refusal = (statusCode: number, message: string): Reply => ({
  status: statusCode,
  body: JSON.stringify({ statusCode, error: "Refused", message, errorCode: "refused" }),
});

describe("a fault in what the Deploy CLI does for a deploy", () => {
  let on: ProjectOnTenant;
  beforeAll(async () => {
    on = await startProjectOnTenant();
  });
  afterEach(() => on.proxy.disarm());
  afterAll(() => on.close());

  const desire = (document: TenantDocument): Desired => ({ ...on.prepared.desired, actions: [], document });
  const library = (secret: string, name: string): TenantDocument => ({
    emailProvider: {
      name: "smtp",
      default_from_address: `${name}@library.example`,
      credentials: { smtp_host: "smtp.example", smtp_port: 587, smtp_user: "library", smtp_pass: secret },
    },
    organizations: [{ name: "library", display_name: name }],
  });
  const failure = async (work: Promise<unknown>): Promise<CommandError> =>
    work.then(
      () => Promise.reject(new Error("nothing failed")),
      (error: CommandError) => error,
    );
  const isOrganization = ({ path }: Seen) => path.startsWith("/api/v2/organizations");

  test("names the secret that was written before it, which nobody can put back", async () => {
    await on.deploy(desire(library(SECRETS[0], "first")));
    on.proxy.answerWith((request) =>
      isOrganization(request) && isWrite(request) ? refusal(400, "Payload validation error: no") : undefined,
    );
    const { code, message } = await failure(on.deploy(desire(library(SECRETS[1], "second"))));
    expect(code).toBe("DEPLOY_ROLLBACK_INCOMPLETE");
    expect(message).toMatch(
      /not as it was before:\n(?: {2}.*\n)*? {2}email-provider settings: .*credentials\.smtp_pass/,
    );
    expect(message).not.toContain("live again");
    for (const secret of SECRETS) expect(message).not.toContain(secret);
  });

  test.each<[string, Reply, string, RegExp]>([
    [
      "lacks a scope",
      refusal(403, "Insufficient scope, expected any of: read:organizations"),
      "DEPLOY_SCOPE_MISSING",
      /read:organizations/,
    ],
    ["gets a failure of the tenant", refusal(500, "oops"), "TENANT_UNREADABLE", /could not be read/],
  ])(
    "is not taken for an empty tenant when the client %s",
    async (_, reply, code, said) => {
      on.proxy.answerWith((request) => (isOrganization(request) ? reply : undefined));
      const error = await failure(on.plan(desire(library(SECRETS[0], "first"))));
      expect(error.code).toBe(code);
      expect(error.message).toMatch(said);
      expect(error.message).not.toMatch(/The deploy failed|Part of the deploy/);
    },
    60_000,
  );
});
