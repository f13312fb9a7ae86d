import type { Desired } from "../../scripts/deploy/plan/desired.ts";

/** The project before it: every field that the day changes has a value, since what tenant.yaml leaves out stays. */
export function beforeTheDay(desired: Desired): Desired {
  const clients = desired.document.clients?.map((client) => ({ callbacks: [], ...client })) ?? [];
  return { ...desired, document: { ...desired.document, clients } };
}

/**
 * A project after a day's work: something of every kind is another. What is added somewhere is taken away elsewhere, so
 * that the way back takes requests of the same kinds.
 */
export function workADay(desired: Desired): Desired {
  const [first, second, ...rest] = desired.actions;
  if (first === undefined || second === undefined) throw new Error("two Actions are needed");
  const { document } = desired;
  return {
    ...desired,
    actions: [
      { ...first, code: first.code.replace(/\n$/, "\n// changed\n") },
      { ...second, secrets: (second.secrets ?? []).map(({ name }) => ({ name, value: `other-${name}` })) },
      ...rest,
    ],
    document: {
      ...document,
      tenant: { ...document.tenant, friendly_name: "Changed" },
      resourceServers: document.resourceServers?.map((api) => ({ ...api, token_lifetime: 3600 })) ?? [],
      clients:
        document.clients?.map((client) => ({ ...client, callbacks: [`https://changed.example/${client.name}`] })) ?? [],
      clientGrants: document.clientGrants?.map((grant) => ({ ...grant, scope: ["get:users"] })) ?? [],
      roles:
        document.roles?.map(({ permissions = [], ...role }) => {
          if (role.name !== "viewer") return { ...role, permissions };
          const [dropped, ...kept] = permissions;
          const added = { ...dropped!, permission_name: "get:reports" };
          return { ...role, description: "Changed", permissions: [...kept, added] };
        }) ?? [],
      databases:
        document.databases?.map((database) => ({
          ...database,
          enabled_clients: ["Example Worker"],
          options: { ...(database as { readonly options?: object }).options, disable_signup: true },
        })) ?? [],
      triggers: { ...document.triggers, "post-login": [...(document.triggers?.["post-login"] ?? [])].reverse() },
    },
  };
}
