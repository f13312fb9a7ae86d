import { action } from "./action/kind.ts";
import { api } from "./api/kind.ts";
import { client } from "./client/kind.ts";
import { clientGrant } from "./client-grant/kind.ts";
import { database } from "./database/kind.ts";
import { flow } from "./flow/kind.ts";
import { HANDED_OVER_KINDS } from "./handed-over/kinds.ts";
import type { Kind } from "./kind.ts";
import { role } from "./role/kind.ts";
import { tenant } from "./tenant/kind.ts";

/** The kinds of resources, in the order in which they are written: what others refer to comes first. */
const TABLE = [tenant, api, client, clientGrant, role, database, action, ...HANDED_OVER_KINDS, flow] as const;

export type Row = (typeof TABLE)[number];
export type ResourceType = Row["type"];

export const KINDS: readonly Kind[] = TABLE;
