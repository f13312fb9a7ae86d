import { describeCallerRequest } from "../../auth0/authentication/post-login/describe.ts";
import { ManagementError } from "../../auth0/management/error.ts";
import { type UserUpdate, updateUser } from "../../auth0/management/users/update.ts";
import { changeAssignments } from "../../auth0/permissions.ts";
import type { Tenant } from "../../auth0/tenant.ts";
import { registerUser } from "../../auth0/users/register-user.ts";
import { UserError } from "../../auth0/users/user-error.ts";
import { changeUser } from "../../auth0/users/write-users.ts";
import { ConsoleError, type Form, type Hide } from "../serving/page.ts";

const pageOf = (id: string) => ({ location: `/console/users/${encodeURIComponent(id)}`, view: { id } });

/** As somebody at Auth0's dashboard makes one: Actions before and after a registration run. */
const createUserForm: Form = {
  path: "/console/users",
  async apply({ tenant }, fields) {
    const { connections } = tenant.state;
    const connection = connections.find(({ name }) => name === fields.get("connection"));
    if (connection === undefined) throw new ConsoleError(400, "USER_REFUSED", "Name a database as connection.");
    const given = { email: fields.get("email") ?? "", password: fields.get("password") ?? "" };
    const request = describeCallerRequest(tenant, { ip: "127.0.0.1", userAgent: "" }, "POST", {});
    const { user } = await refusing(() => registerUser(tenant, connection, given, { request }));
    return pageOf(user.user_id);
  },
};

const assignRoleForm: Form = {
  path: "/console/users/:id/roles",
  apply({ tenant, param }, fields) {
    const id = getUserId(tenant, param("id"));
    const role = fields.get("value") ?? "";
    if (!tenant.state.roles.has(role)) throw new ConsoleError(400, "ROLE_UNKNOWN", `There is no role ${role}.`);
    changeAssignments(tenant, id, ({ roles }) => {
      const others = roles.filter((one) => one !== role);
      return { roles: fields.get("on") === "yes" ? [...others, role] : others };
    });
    return pageOf(id);
  },
};

const createSwitchForm = (name: "blocked" | "email_verified"): Form => ({
  path: `/console/users/:id/${name}`,
  apply: ({ tenant, param }, fields) => update(tenant, param("id"), { [name]: fields.get("on") === "yes" }),
});

/** What stands in the fields replaces what was there: a key that was taken out is gone. */
const metadataForm: Form = {
  path: "/console/users/:id/metadata",
  apply({ tenant, param, hide }, fields) {
    const id = getUserId(tenant, param("id"));
    checkIsShownWhole(tenant, id, hide);
    const metadata = {
      app_metadata: parseObject("app_metadata", fields.get("app_metadata")),
      user_metadata: parseObject("user_metadata", fields.get("user_metadata")),
    };
    changeUser(tenant, id, (user) => ({ ...user, ...metadata }));
    return pageOf(id);
  },
};

export const userForms: readonly Form[] = [
  createUserForm,
  assignRoleForm,
  createSwitchForm("blocked"),
  createSwitchForm("email_verified"),
  metadataForm,
];

async function update(tenant: Tenant, id: string, change: UserUpdate) {
  await refusing(() => updateUser(tenant, getUserId(tenant, id), change));
  return pageOf(id);
}

function getUserId({ state }: Pick<Tenant, "state">, id: string): string {
  if (!state.users.has(id)) throw new ConsoleError(404, "USER_UNKNOWN", `There is no user ${id}.`);
  return id;
}

/** What was taken out of the fields would be written over what it stands for. */
function checkIsShownWhole({ state }: Pick<Tenant, "state">, id: string, hide: Hide): void {
  const { app_metadata, user_metadata } = state.users.get(id) ?? {};
  const text = JSON.stringify([app_metadata, user_metadata]);
  if (hide(text) === text) return;
  const message = "This user's metadata has a secret in it, which is not shown here: change it by the Management API.";
  throw new ConsoleError(409, "METADATA_NOT_WHOLE", message);
}

function parseObject(name: string, text = "{}"): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return Object.fromEntries(Object.entries(value));
  } catch {
    // Said below, of everything that is not an object.
  }
  throw new ConsoleError(400, "METADATA_MALFORMED", `${name} must be a JSON object.`);
}

/** What the tenant refuses is said in its own words. */
async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UserError || error instanceof ManagementError)
      throw new ConsoleError(400, "USER_REFUSED", error.message);
    throw error;
  }
}
