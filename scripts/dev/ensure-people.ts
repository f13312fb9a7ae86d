import { type ManagementClient, ManagementError } from "auth0";
import type { TenantDocument } from "../tenant/document.ts";

/** Of everybody who is made here. They exist on this machine alone. */
export const PASSWORD = "Only-here-1";

/** A person to log in as for each role of tenant.yaml, with a verified email; resolves to the emails. */
export async function ensurePeople(
  management: ManagementClient,
  { roles = [] }: TenantDocument,
): Promise<readonly string[]> {
  const [connections, present] = await Promise.all([
    management.connections.list({ strategy: ["auth0"], take: 1 }),
    management.roles.list({ per_page: 100 }),
  ]);
  const connection = connections.data[0]?.name;
  if (connection === undefined) return [];
  const people = roles.map(({ name }) => ({
    email: `${name.toLowerCase().replace(/[^a-z0-9]+/g, "-")}@example.com`,
    roles: present.data.flatMap((role) => (role.name === name && role.id !== undefined ? [role.id] : [])),
  }));
  await Promise.all(people.map((person) => ensurePerson(management, connection, person)));
  return people.map(({ email }) => email);
}

async function ensurePerson(
  { users }: ManagementClient,
  connection: string,
  { email, roles }: { readonly email: string; readonly roles: readonly string[] },
): Promise<void> {
  try {
    const { user_id: id = "" } = await users.create({ connection, email, password: PASSWORD, email_verified: true });
    await users.roles.assign(id, { roles: [...roles] });
  } catch (error) {
    // Made at an earlier start, and perhaps changed since.
    if (!(error instanceof ManagementError) || error.statusCode !== 409) throw error;
  }
}
