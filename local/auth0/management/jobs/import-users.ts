import type { Connection } from "../../state/resources.ts";
import type { User } from "../../state/user.ts";
import { IDENTIFIERS } from "../../state/user-keys.ts";
import type { Tenant } from "../../tenant.ts";
import { createUser } from "../../users/create-user.ts";
import { findUserInConnection } from "../../users/find.ts";
import { UserError } from "../../users/user-error.ts";
import { changeUser } from "../../users/write-users.ts";
import { isRecord, listProblems, type Problem } from "./imported-user.ts";

export interface ImportFailure {
  readonly user: unknown;
  readonly errors: readonly Problem[];
}

interface Imported {
  readonly failures: readonly ImportFailure[];
  readonly summary: Readonly<Record<"failed" | "updated" | "inserted" | "total", number>>;
}

type ImportingTenant = Pick<Tenant, "clock" | "log" | "state">;

/**
 * Each user on its own: one that cannot be imported leaves the others alone. Hashed passwords are not taken over: whoever has one
 * chooses a new one, as Auth0 asks of users whose hashes it does not know.
 */
export async function importUsers(
  tenant: ImportingTenant,
  connection: Connection,
  users: readonly unknown[],
  upsert: boolean,
): Promise<Imported> {
  const failures: ImportFailure[] = [];
  const counts = { updated: 0, inserted: 0 };
  let hashes = 0;
  for (const user of users) {
    const problems = listProblems(user);
    if (problems.length > 0 || !isRecord(user)) {
      failures.push({ user, errors: problems });
      continue;
    }
    if (user.password_hash !== undefined || user.custom_password_hash !== undefined) hashes += 1;
    const outcome = await importUser(tenant, connection, user, upsert);
    if (typeof outcome === "string") counts[outcome] += 1;
    else failures.push({ user, errors: [outcome] });
  }
  if (hashes > 0) {
    tenant.log(`an import had ${hashes} hashed passwords, which are not taken over: these users choose a new one`);
  }
  return { failures, summary: { failed: failures.length, ...counts, total: users.length } };
}

async function importUser(
  tenant: ImportingTenant,
  connection: Connection,
  imported: Readonly<Record<string, unknown>>,
  upsert: boolean,
): Promise<"inserted" | "updated" | Problem> {
  const { user_id, password_hash, custom_password_hash, mfa_factors, ...profile } = imported;
  const known = findKnown(tenant, connection, imported);
  if (known !== undefined && !upsert) {
    return { code: "DUPLICATED_USER", message: "A user with the same email, username or id exists already.", path: "" };
  }
  if (known !== undefined) {
    changeUser(tenant, known.user_id, (user) => ({ ...user, ...profile, ...mergeMetadata(user, profile) }));
    return "updated";
  }
  try {
    const id = typeof user_id === "string" ? { id: user_id } : {};
    await createUser(tenant, connection, { ...profile, ...id }, { isPasswordNeeded: false });
    return "inserted";
  } catch (error) {
    if (error instanceof UserError) return { code: error.code.toUpperCase(), message: error.message, path: "" };
    throw error;
  }
}

function findKnown(
  { state }: ImportingTenant,
  connection: Connection,
  imported: Readonly<Record<string, unknown>>,
): User | undefined {
  const byId =
    typeof imported.user_id === "string" ? state.users.get(`${connection.strategy}|${imported.user_id}`) : undefined;
  return IDENTIFIERS.reduce<User | undefined>((found, key) => {
    const value = imported[key];
    return found ?? (typeof value === "string" ? findUserInConnection(state, connection.name, key, value) : undefined);
  }, byId);
}

function mergeMetadata(user: User, profile: Readonly<Record<string, unknown>>): Partial<User> {
  const merge = (name: "app_metadata" | "user_metadata") =>
    isRecord(profile[name]) ? { [name]: { ...user[name], ...profile[name] } } : {};
  return { ...merge("app_metadata"), ...merge("user_metadata") };
}
