import type { Kind } from "./kind.ts";
import type { Row } from "./table.ts";

type LiveOf<K> = K extends Kind<string, infer Live> ? Live : never;

/** A tenant as it was read: what it has of each kind in the table. Ids are the tenant's. */
export type LiveTenant = { readonly domain: string } & {
  readonly [K in Row as K["type"]]: readonly LiveOf<K>[];
};
