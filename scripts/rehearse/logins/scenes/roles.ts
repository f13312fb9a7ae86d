import { logIn, signUp } from "../acts.ts";
import type { Cast } from "../cast.ts";
import type { Promises } from "../promises.ts";
import type { Scene } from "./scene.ts";

/** Without a role, with each of them, and with one that does not grant what is asked for. */
export function listRoleScenes(cast: Cast, { firstLogin, tokens }: Promises): readonly Scene[] {
  const roles = cast.roles.map(({ name, scopes }): Scene => {
    const free = scopes.filter((scope) => !cast.paidScopes.includes(scope));
    // Asked once: the new customer pays for nothing yet. RBAC's permissions claim has all that is assigned all the same.
    const asked = free.length < scopes.length ? ["GET /v1/subscriptions"] : [];
    return {
      person: name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-"),
      prepare: signUpAs(name),
      steps: [
        {
          name,
          story: asked.length > 0 ? "asks for every scope, paid ones too" : "asks for every scope",
          act: logIn,
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
        { name: "no roles", story: "asks for every scope", act: logIn, expected: { ...firstLogin, ...tokens() } },
      ],
    },
    ...roles,
    ...listCurious(cast, { firstLogin, tokens }),
  ];
}

function listCurious(
  { apiScopes, roles, setting, paidScopes }: Cast,
  { firstLogin, tokens }: Pick<Promises, "firstLogin" | "tokens">,
): readonly Scene[] {
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
          act: (stage, visitor) => logIn(stage, visitor, { scopes: [foreign] }),
          expected: { ...firstLogin, scopes, permissions: role.scopes },
        },
      ],
    },
  ];
}

function signUpAs(role: string): NonNullable<Scene["prepare"]> {
  return async (stage, visitor) => {
    const userId = await signUp(stage, visitor);
    await stage.management.users.roles.assign(userId, { roles: [stage.roleIds.get(role) ?? ""] });
  };
}
