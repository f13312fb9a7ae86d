import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { CommandError } from "../../../scripts/command.ts";
import type { TenantDocument } from "../../../scripts/tenant/document.ts";
import { type DocumentOnTenant, startDocumentOnTenant } from "./document-on-tenant.ts";
import { action } from "./plan/tenants.ts";

const AUDIENCE = "https://tills.example/";

/** One team's file: everything in it is another than in the other's. */
function fileOf(team: string): TenantDocument {
  const lifetime = team === "one" ? 3600 : 7200;
  return {
    resourceServers: [{ name: team, identifier: AUDIENCE, token_lifetime: lifetime } as never],
    clients: [{ name: "Till", description: team } as never],
    roles: [{ name: "clerk", description: team, permissions: [] }],
    triggers: { "post-login": ["first", "second"].map((name) => ({ action_name: name, display_name: name })) },
    actions: ["first", "second"].map((name) => ({ name, code: `./${name}.js`, supported_triggers: [] })) as never,
  };
}
const actionsOf = (team: string) =>
  ["first", "second"].map((name) =>
    action(name, { code: `exports.onExecutePostLogin = async () => {}; // ${team}\n` }),
  );

describe("two deploys of one tenant in the same second", () => {
  let on: DocumentOnTenant;
  beforeEach(async () => {
    on = await startDocumentOnTenant();
    await on.deploy(fileOf("before"), { actions: actionsOf("before") });
  });
  afterEach(() => on.tenant.close());

  const look = () => {
    const { resourceServers, clients, roles, actions } = on.tenant.tenant.state;
    return {
      api: resourceServers.find(({ identifier }) => identifier === AUDIENCE)!.name,
      client: clients.find(({ name }) => name === "Till")!.description,
      role: roles.find(({ name }) => name === "clerk")!.description,
      actions: actions.values().map(({ draft }) => /\/\/ (one|other|before)/.exec(draft.code ?? "")?.[1]),
    };
  };
  const stateOf = (team: string) => ({ api: team, client: team, role: team, actions: [team, team] });

  test.each([0, 10, 20, 30, 40])(
    "leave what one of them says, and the other says that it met somebody (%i ms apart)",
    async (apart) => {
      const deploy = async (team: string) => on.deploy(fileOf(team), { actions: actionsOf(team) });
      const ended = await Promise.allSettled([
        deploy("one"),
        new Promise((resolve) => setTimeout(resolve, apart)).then(() => deploy("other")),
      ]);
      const failed = ended.filter((end) => end.status === "rejected").map(({ reason }) => reason as CommandError);
      const won = ended.findIndex(({ status }) => status === "fulfilled");
      expect(won === -1 ? failed.length : 1).toBe(won === -1 ? 2 : failed.length);
      if (won !== -1) expect(look()).toEqual(stateOf(["one", "other"][won] as string));
      for (const { code, message } of failed) {
        expect([code, message]).toEqual([
          "PLAN_STALE",
          expect.stringMatching(/somebody|changed since it was planned/i),
        ]);
      }
    },
  );
});
