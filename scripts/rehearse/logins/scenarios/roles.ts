import type { Fixtures } from "../../../own-rows/fixtures.ts";
import type { Expectations } from "../expectations.ts";
import { logIn, signUp } from "../steps.ts";
import type { Scenario } from "./scenario.ts";

/** Without a role, with each of them, and with one that does not grant what is asked for. */
export function listRoleScenarios(fixtures: Fixtures, { firstLogin, tokens }: Expectations): readonly Scenario[] {
  const roles = fixtures.roles.map(({ name, scopes }): Scenario => {
    const free = scopes.filter((scope) => !fixtures.paidScopes.includes(scope));
    // Asked once: the new customer pays for nothing yet. RBAC's permissions claim has all that is assigned all the same.
    const asked = free.length < scopes.length ? ["GET /v1/subscriptions"] : [];
    return {
      person: name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-"),
      prepare: signUpAs(name),
      steps: [
        {
          name,
          story: asked.length > 0 ? "asks for every scope, paid ones too" : "asks for every scope",
          run: logIn,
          expected: {
            ...firstLogin,
            ...tokens(free),
            permissions: scopes,
            stripeRequests: [...firstLogin.stripeRequests, ...asked],
          },
        },
      ],
    };
  });
  return [
    {
      person: "no-roles",
      prepare: signUp,
      steps: [
        { name: "no roles", story: "asks for every scope", run: logIn, expected: { ...firstLogin, ...tokens() } },
      ],
    },
    ...roles,
    ...listCurious(fixtures, { firstLogin, tokens }),
  ];
}

function listCurious(
  { apiScopes, roles, setting, paidScopes }: Fixtures,
  { firstLogin, tokens }: Pick<Expectations, "firstLogin" | "tokens">,
): readonly Scenario[] {
  const role = roles.find(
    ({ scopes }) => scopes.length < apiScopes.length && !scopes.some((scope) => paidScopes.includes(scope)),
  );
  const foreign = apiScopes.find((scope) => !role?.scopes.includes(scope));
  if (role === undefined || foreign === undefined) return [];
  // "assigned" offers what the role grants, asked for or not.
  const { scopes } = tokens(setting("filter-scopes", "SCOPES") === "requested" ? [] : role.scopes);
  return [
    {
      person: "curious",
      prepare: signUpAs(role.name),
      steps: [
        {
          name: "scope not granted",
          story: `${role.name}, asks for ${foreign}`,
          run: (context, visitor) => logIn(context, visitor, { scopes: [foreign] }),
          expected: { ...firstLogin, scopes, permissions: role.scopes },
        },
      ],
    },
  ];
}

function signUpAs(role: string): NonNullable<Scenario["prepare"]> {
  return async (context, visitor) => {
    const userId = await signUp(context, visitor);
    await context.management.users.roles.assign(userId, { roles: [context.roleIds.get(role) ?? ""] });
  };
}
