import { describe, expect, test } from "@jest/globals";
import type { Directory } from "../../../../../local/auth0/actions/api/directory.ts";
import { buildApi } from "../../../../support/actions/api.ts";
import { buildEvent } from "../../../../support/actions/event.ts";

type Api = ReturnType<typeof buildApi>["api"];

const buildRecordingDirectory = () => {
  const asked: unknown[] = [];
  const directory: Directory = {
    readUserGroups: async (...question) => {
      asked.push(question);
      return { groups: [], next: "n" };
    },
    readGroupMembership: async (...question) => {
      asked.push(question);
      return { memberships: { staff: { is_member: true } } };
    },
    readEffectiveRoles: async (...question) => {
      asked.push(question);
      return { roles: [{ id: "rol_1", name: "viewer", type: "tenant" }] };
    },
  };
  return { asked, directory };
};

describe("who belongs to what is asked of the tenant", () => {
  const user = { userId: "auth0|ada", organizationId: "org_1" };
  const role = { roles: [{ id: "rol_1", name: "viewer", type: "tenant" }] };

  test.each<[string, (api: Api) => Promise<unknown>, unknown[], unknown]>([
    ["getUserGroups", (api) => api.groups.getUserGroups(), [{ userId: "auth0|ada" }, {}], { groups: [], next: "n" }],
    [
      "a page of getUserGroups",
      (api) => api.groups.getUserGroups({ take: 500, from: "c" }),
      [{ userId: "auth0|ada" }, { take: 500, from: "c" }],
      { groups: [], next: "n" },
    ],
    [
      "hasGroupMembership",
      (api) => api.groups.hasGroupMembership(["staff"]),
      [{ ...user, connectionId: "con_database" }, ["staff"]],
      { memberships: { staff: { is_member: true } } },
    ],
    ["getUserEffectiveRoles", (api) => api.roles.getUserEffectiveRoles(), [user, {}], role],
    [
      "a page of getUserEffectiveRoles",
      (api) => api.roles.getUserEffectiveRoles({ take: 100 }),
      [user, { take: 100 }],
      role,
    ],
    [
      "getUserEffectiveRolesByIds",
      (api) => api.roles.getUserEffectiveRolesByIds(["rol_1"]),
      [user, { ids: ["rol_1"] }],
      role,
    ],
    [
      "getUserEffectiveRolesByNames",
      (api) => api.roles.getUserEffectiveRolesByNames(["viewer"]),
      [user, { names: ["viewer"] }],
      role,
    ],
  ])("%s", async (_method, call, question, answer) => {
    const { asked, directory } = buildRecordingDirectory();
    await expect(call(buildApi(buildEvent("organization"), { directory }).api)).resolves.toEqual(answer);
    expect(asked).toEqual([question]);
  });

  test("nobody belongs to anything where there is nobody to ask", async () => {
    const { api } = buildApi();
    await expect(api.groups.getUserGroups()).resolves.toEqual({ groups: [] });
    await expect(api.groups.hasGroupMembership(["a"])).resolves.toEqual({ memberships: { a: { is_member: false } } });
    await expect(api.roles.getUserEffectiveRoles()).resolves.toEqual({ roles: [] });
  });
});

describe("a wrong argument rejects", () => {
  const list = (count: number) => Array.from({ length: count }, (_, index) => `r${index}`);

  test.each<[string, (api: Api) => Promise<unknown>, string]>([
    [
      "getUserGroups, take 0",
      (api) => api.groups.getUserGroups({ take: 0 }),
      'The "take" parameter must be a positive integer if provided.',
    ],
    [
      "getUserGroups, take text",
      (api) => api.groups.getUserGroups({ take: "5" as unknown as number }),
      'The "take" parameter must be a positive integer if provided.',
    ],
    [
      "getUserGroups, from a number",
      (api) => api.groups.getUserGroups({ from: 1 as unknown as string }),
      'The "from" parameter must be a string if provided.',
    ],
    [
      "hasGroupMembership, none",
      (api) => api.groups.hasGroupMembership([]),
      'The "groups" parameter must be a non-empty array of strings.',
    ],
    [
      "hasGroupMembership, text",
      (api) => api.groups.hasGroupMembership("a" as unknown as string[]),
      'The "groups" parameter must be a non-empty array of strings.',
    ],
    [
      "getUserEffectiveRoles, take 1.5",
      (api) => api.roles.getUserEffectiveRoles({ take: 1.5 }),
      'The "take" parameter must be a positive integer if provided.',
    ],
    [
      "getUserEffectiveRoles, take 101",
      (api) => api.roles.getUserEffectiveRoles({ take: 101 }),
      'The "take" parameter must not exceed 100.',
    ],
    [
      "getUserEffectiveRolesByIds, none",
      (api) => api.roles.getUserEffectiveRolesByIds([]),
      'The "ids" parameter must be a non-empty array of strings.',
    ],
    [
      "getUserEffectiveRolesByIds, 101",
      (api) => api.roles.getUserEffectiveRolesByIds(list(101)),
      'The "ids" parameter must not have more than 100 items.',
    ],
    [
      "getUserEffectiveRolesByNames, none",
      (api) => api.roles.getUserEffectiveRolesByNames(undefined as unknown as string[]),
      'The "names" parameter must be a non-empty array of strings.',
    ],
    [
      "getUserEffectiveRolesByNames, 51",
      (api) => api.roles.getUserEffectiveRolesByNames(list(51)),
      'The "names" parameter must not have more than 50 items.',
    ],
  ])("%s", async (_call, call, message) => {
    const { asked, directory } = buildRecordingDirectory();
    const { api } = buildApi(buildEvent(), { directory });
    await expect(call(api)).rejects.toThrow(new Error(message));
    expect(asked).toEqual([]);
  });
});
