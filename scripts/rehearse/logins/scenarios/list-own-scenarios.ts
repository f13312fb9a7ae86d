import { changeUser } from "../../../../local/auth0/users/write-users.ts";
import { outlineRun } from "../../../../local/console/runs/outline-run.ts";
import { CommandError } from "../../../command.ts";
import { findDifferences, readOutline } from "../../../own-rows/find-differences.ts";
import type { OwnRow } from "../../../own-rows/own-row.ts";
import type { Context } from "../context.ts";
import type { Observation } from "../observation.ts";
import { logIn, refresh } from "../steps.ts";
import type { OwnStep, Scenario } from "./scenario.ts";

/** Milliseconds; Stripe's idempotency keys are gone by then. */
const OVER_A_DAY = 25 * 60 * 60 * 1000;

/** Pure. A person each, who is new: two rows may be about the same one. */
export const listOwnScenarios = (rows: readonly OwnRow[]): readonly Scenario<OwnStep>[] =>
  rows.map((row) => ({
    email: row.person.email,
    prepare: (context, { password }) => preparePerson(context, row.person, password),
    steps: [
      {
        name: row.name,
        story: row.story ?? "a row of this project",
        ...(row.at !== undefined && { at: Date.parse(row.at) }),
        async run(context, visitor) {
          const { kind = "login", scopes } = row.login ?? {};
          const answer = await logIn(context, visitor, { ...(scopes && { exactly: scopes }) });
          return kind === "refresh" ? refresh(context, visitor) : answer;
        },
        findProblems: (seen) => compare(seen, row),
      },
    ],
  }));

function compare({ result }: Observation, { result: wanted }: OwnRow): readonly string[] {
  return result === undefined ? ["no Action ran"] : findDifferences(readOutline(outlineRun(result)), wanted);
}

async function preparePerson(context: Context, person: OwnRow["person"], password: string): Promise<void> {
  const { management, stripe, services, fixtures, roleIds } = context;
  const { email, user_id: id, roles = [], created_at, logins_count: count = 1, ...profile } = person;
  for (const { user_id } of await management.users.listUsersByEmail({ email }))
    await management.users.delete(user_id ?? "");
  services.stripe.advance(OVER_A_DAY);
  for await (const customer of stripe.customers.list({ email })) await stripe.customers.del(customer.id);

  const user = await management.users.create({
    connection: fixtures.database,
    email,
    password,
    email_verified: true,
    ...profile,
    // The connection's own prefix stands before it again.
    ...(id !== undefined && { user_id: id.replace(/^auth0\|/, "") }),
  });
  const made = user.user_id ?? "";
  if (roles.length > 0)
    await management.users.roles.assign(made, { roles: roles.map((role) => getRole(roleIds, role)) });
  // Nobody may say these of a user but the tenant itself.
  changeUser(services.tenant.tenant, made, (is) => ({
    ...is,
    ...(created_at !== undefined && { created_at }),
    ...(count > 1 && { logins_count: count - 1 }),
  }));
}

function getRole(roleIds: Context["roleIds"], name: string): string {
  const id = roleIds.get(name);
  if (id === undefined) throw new CommandError("REHEARSAL_HALTED", `tenant.yaml does not have the role ${name}.`);
  return id;
}
