import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { parse } from "yaml";
import type { TenantDocument } from "../../../../scripts/tenant/document.ts";
import { type ProjectOnTenant, startProjectOnTenant } from "../project-on-tenant.ts";

const everyKind = parse(
  readFileSync(join(import.meta.dirname, "../../../support/every-kind/tenant.yaml"), "utf8"),
) as Record<string, Record<string, unknown>[]>;

let on: ProjectOnTenant;
beforeAll(async () => {
  on = await startProjectOnTenant();
});
afterAll(() => on.close());

/** The Deploy CLI alone writes nothing for an empty list. */
test("an empty list of clients of a connection switches it off for all of them", async () => {
  const { clients, connections } = everyKind;
  const deploy = (change: object) => {
    const document = { clients, connections: [{ ...connections![0], ...change }] } as unknown as TenantDocument;
    return on.deploy({ ...on.prepared.desired, actions: [], document });
  };
  await deploy({});
  on.takeWrites();
  expect(await deploy({ enabled_clients: [] })).toMatchObject({ outcome: "deployed" });
  expect(on.takeWrites()).toContain("PATCH connections/:id/clients");
  expect(await deploy({ enabled_clients: [] })).toMatchObject({ outcome: "nothing to do" });
});
