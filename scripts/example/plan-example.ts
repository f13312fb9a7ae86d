import { isLoopback } from "../../gateways/authorizer/loopback.ts";
import type { TenantDocument } from "../tenant/document.ts";
import type { ExampleOptions } from "./serve-example.ts";

/** What the example needs of a tenant: its first single-page application, as it is there, and its first API. */
export interface ExamplePlan {
  readonly port: number;
  readonly config: ExampleOptions["config"];
}

/** Undefined where the tenant does not have both, or the application has no address to come back to. */
export function planExample(
  { clients = [], resourceServers = [] }: TenantDocument,
  domain: string,
  present: readonly { readonly id: string; readonly name: string }[],
): ExamplePlan | undefined {
  const spa = clients.find((client) => client.app_type === "spa");
  const [api] = resourceServers;
  const clientId = present.find(({ name }) => name === spa?.name)?.id;
  const callback = spa?.callbacks?.[0] ?? "";
  if (api === undefined || clientId === undefined || !URL.canParse(callback)) return undefined;
  const scopes = (api.scopes ?? []).map(({ value }) => value);
  const requests = scopes.flatMap((one) => {
    const [, method, segment] = /^(get|post|put|patch|delete):([\w-]+)$/.exec(one) ?? [];
    return method === undefined ? [] : [{ method: method.toUpperCase(), path: `/${segment}` }];
  });
  const scope = ["openid", "profile", "email", ...scopes].join(" ");
  return {
    port: Number(new URL(callback).port) || 80,
    config: {
      domain,
      clientId,
      audience: api.identifier,
      scope,
      requests,
      // The local tenant's, where a role is a click.
      ...(isLoopback(new URL(`https://${domain}`)) && { users: `https://${domain}/console/users` }),
    },
  };
}
