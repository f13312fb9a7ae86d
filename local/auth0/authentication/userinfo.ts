import type { Context } from "hono";
import type { Tenant } from "../tenant.ts";
import { readCustomClaims } from "../tokens/custom-claims.ts";
import { openOpaqueToken } from "../tokens/opaque.ts";
import { readProfileClaims } from "../tokens/profile.ts";
import { verifyToken } from "../tokens/verify.ts";
import { splitWords } from "./authorize/request.ts";
import { allowAnyClientsOrigin } from "./cors.ts";

interface TokenSubject {
  readonly userId: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
}

/** `GET|POST /userinfo` (OpenID Connect Core §5.3): the profile as it is now, as far as the token's scopes reach. */
export async function handleUserinfo(tenant: Tenant, context: Context): Promise<Response> {
  allowAnyClientsOrigin(tenant.state, context);
  const subject = await readTokenSubject(tenant, context);
  const user = subject === undefined ? undefined : tenant.state.users.get(subject.userId);
  if (subject === undefined || user === undefined || !subject.scopes.includes("openid")) {
    return context.text("Unauthorized", 401, { "www-authenticate": 'Bearer error="invalid_token"' });
  }
  const custom = tenant.state.userinfoClaims.get(`${subject.clientId}:${subject.userId}`) ?? {};
  return context.json(
    {
      sub: user.user_id,
      ...readProfileClaims(user, subject.scopes),
      ...readCustomClaims(tenant.log, new Map(Object.entries(custom)), subject.scopes, false),
    },
    200,
    { "cache-control": "no-store" },
  );
}

async function readTokenSubject(
  tenant: Pick<Tenant, "clock" | "issuer" | "signingKeys" | "state">,
  context: Context,
): Promise<TokenSubject | undefined> {
  const token = /^Bearer +([\w.-]+)$/i.exec(context.req.header("authorization") ?? "")?.[1];
  if (token === undefined) return undefined;
  // A JWE in compact form has five parts, a JWS three.
  if (token.split(".").length === 5) return openOpaqueToken(tenant, token);
  const claims = await verifyToken(tenant, token, `${tenant.issuer}userinfo`);
  if (claims === undefined) return undefined;
  return {
    userId: String(claims.sub),
    clientId: String(claims.azp ?? claims.client_id ?? ""),
    scopes: splitWords(typeof claims.scope === "string" ? claims.scope : ""),
  };
}
