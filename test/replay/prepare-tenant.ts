import type { LocalTenant } from "../../local/auth0/server.ts";
import { isMapping } from "../../scripts/tenant/shape.ts";
import { call } from "../support/local-tenant.ts";
import { type Counterparts, findSame } from "./counterparts.ts";
import type { Presupposed } from "./presupposed.ts";

/** The tenant that a recording is played to, and what is known of the recorded one's values. */
export interface Target {
  readonly tenant: LocalTenant;
  /** Of the Management API, with all scopes. */
  readonly token: string;
  readonly counterparts: Counterparts;
}

type JsonObject = Readonly<Record<string, unknown>>;

/** Every tenant begins with this database; here it takes whatever recordings give its users. */
const FIRST_DATABASE = {
  name: "Username-Password-Authentication",
  strategy: "auth0",
  options: {
    passwordPolicy: "none",
    password_options: { complexity: { min_length: 1 } },
    attributes: Object.fromEntries(
      ["email", "username", "phone_number"].map((name) => [
        name,
        { identifier: { active: true }, signup: { status: "optional" } },
      ]),
    ),
  },
};

/** Makes what all recorded tenants had. */
export async function prepareTenant({ tenant, token }: Target): Promise<void> {
  await call(tenant, "/api/v2/connections", { method: "POST", token, body: FIRST_DATABASE });
  // Invitations need a place to lead to.
  const body = { default_redirection_uri: "https://example.com/login" };
  await call(tenant, "/api/v2/tenants/settings", { method: "PATCH", token, body });
}

/** Makes what one recorded tenant had, as far as a request can; its values are learnt. */
export async function addPresupposed(target: Target, presupposed: readonly Presupposed[]): Promise<void> {
  for (const { collection, key, id, record, least } of presupposed) {
    const path = `/api/v2/${collection}`;
    const made = await make(target, path, record);
    const remade = made.status === 409 ? await findOwn(target, path, record) : (await make(target, path, least)).body;
    const ownId = (made.body ?? remade)?.[key];
    if (typeof ownId === "string") target.counterparts.learn(id, ownId);
  }
}

/** What is only read is refused in a creation by name, one member after the other. */
async function make(
  { tenant, token, counterparts }: Target,
  path: string,
  record: JsonObject,
): Promise<{ readonly status: number; readonly body?: JsonObject }> {
  const left = { ...record };
  for (;;) {
    const text = counterparts.translate(JSON.stringify(left));
    const { status, body } = await call(tenant, path, { method: "POST", token, body: text });
    if (status < 300 && isMapping(body)) return { status, body };
    const [, names = ""] = /Additional properties not allowed: ([\w,$ -]+)/.exec(JSON.stringify(body)) ?? [];
    const refused = names.split(/[ ,]+/).filter((name) => name in left);
    if (refused.length === 0) return { status };
    for (const name of refused) delete left[name];
  }
}

async function findOwn(
  { tenant, token, counterparts }: Target,
  path: string,
  record: JsonObject,
): Promise<JsonObject | undefined> {
  const { body } = await call(tenant, path, { token });
  const own: unknown = JSON.parse(counterparts.translate(JSON.stringify(record)));
  const found = findSame(own, Array.isArray(body) ? body : [], -1);
  return isMapping(found) ? found : undefined;
}
