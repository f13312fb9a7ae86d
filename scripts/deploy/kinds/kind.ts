import type { ManagementClient } from "auth0";
import type { TenantDocument } from "../../tenant/document.ts";
import type { SectionFacts } from "../../tenant/schema/section-facts.ts";
import type { Path } from "../../tenant/shape.ts";
import type { Change, Warning } from "../plan/change.ts";
import type { Desired } from "../plan/desired.ts";
import type { WriteContext } from "../write/context.ts";
import type { Fields, LiveItem } from "./live-record.ts";
import type { LiveTenant } from "./live-tenant.ts";
import type { ResourceType } from "./table.ts";

/**
 * All that a deploy knows of one kind of resource. Plans, deploys, their way back, `--allow-delete` and the list of scopes
 * are loops over the table of these (table.ts), and know no kind by name.
 *
 * Functions are handed what the tenant has of this kind (`present`), and the whole tenant to look up what it refers to:
 * each room declares which other kinds it uses.
 */
export interface Kind<Type extends string = ResourceType, Live extends LiveItem = LiveItem> extends SectionFacts {
  /** As plans and `--allow-delete` call the kind. */
  readonly type: Type;
  /** Read and written by the Deploy CLI, all such kinds at once; compared here. */
  readonly isHandedOver?: true;
  /** Of the Management API. */
  readonly scopes: KindScopes;
  /** Pure. Of the Management API, for what some of tenant.yaml's entries have and others do not. */
  listMoreScopes?(document: TenantDocument): Pick<KindScopes, "read" | "write">;
  /** Pure. Of the Management API, to delete what `--allow-delete` calls so, where that is not all that the kind has to delete. */
  listDeletionScopes?(name: string): readonly string[];
  /** The field of an entry that may hold the id that Auth0 gave to the same thing; `id` if nothing else is said. */
  readonly idField?: string;
  /** Members of an entry that hold secrets, in the form of findPaths. */
  readonly secrets?: readonly string[];
  /** Members that Auth0 counts up or dates itself, in the same form. */
  readonly moving?: readonly string[];
  /** What tenant.yaml has of it. */
  listWanted(desired: Desired, tenant: LiveTenant): readonly Wanted[];
  /** Whether Auth0 takes names that differ in the case of letters for one. */
  readonly foldsCase?: true;
  /** A kind whose names none of these may have: Auth0 keeps both together. */
  readonly sharesNamesWith?: ResourceType;
  /** Pure. What of an entry may stand once only. */
  listParts?(wanted: Wanted): readonly Pick<Wanted, "name" | "path">[];
  /** What the tenant has of it. */
  read(reader: TenantReader): Promise<readonly Live[]>;
  /** Pure. What a deploy would change. */
  plan(desired: Desired, present: readonly Live[], tenant: LiveTenant): readonly Change[];
  /** Pure. What tenant.yaml has and Auth0 never returns. */
  listWriteOnly?(desired: Desired, present: readonly Live[], tenant: LiveTenant): readonly WriteOnly[];
  /** Pure. The values of all secrets that tenant.yaml has of it, wherever they come from. */
  listSecrets?(document: TenantDocument): readonly unknown[];
  /** Pure. What somebody should think about before these changes of this kind are written. */
  warn?(changes: readonly Change[], desired: Desired, tenant: LiveTenant): readonly Warning[];
  /** Pure. What a person should know of something that tenant.yaml does not have. */
  noteUnmanaged?(item: Live, desired: Desired): string;
  /** Pure. What logins or operators would find changed, a line each; dates and numbers that Auth0 moves are left out. */
  listDifferences(before: Live, after: Live): readonly string[];
  /** Without it the Deploy CLI creates what is new, from the section of tenant.yaml. */
  create?(changes: readonly Change[], present: readonly Live[], context: WriteContext): Promise<void>;
  /** Writes what can be taken back and takes nothing away from users. */
  update(changes: readonly Change[], present: readonly Live[], context: WriteContext): Promise<void>;
  /** Takes away what users or applications have, after every update of every kind. */
  remove?(changes: readonly Change[], context: WriteContext): Promise<void>;
  /** What nobody can give back to all who had it, after everything else is live and verified. */
  readonly last?: LastWrites<Live>;
  /** Pure. Parts of what is there that tenant.yaml does not have in a list of its own, each deleted if `--allow-delete` names it. */
  listLosses?(desired: Desired, present: readonly Live[], tenant: LiveTenant): readonly { readonly name: string }[];
  /** Without it nothing of this kind can be deleted. */
  delete?(management: ManagementClient, id: string): Promise<unknown>;
}

export interface WriteOnly {
  /** `<type>:<name>`, as `--write-secrets` takes it. */
  readonly name: string;
  /** `credentials.smtp_pass` */
  readonly paths: readonly string[];
  /** By a digest that the tenant keeps. Without one nobody can say whether they differ. */
  readonly isCompared: boolean;
}

interface LastWrites<Live> {
  /** Whether this is all that is left of a change once `update` has written what it writes. */
  isLast(change: Change): boolean;
  write(changes: readonly Change[], present: readonly Live[], context: WriteContext): Promise<void>;
}

export interface KindScopes {
  readonly read: readonly string[];
  /** To create and update. */
  readonly write: readonly string[];
  readonly delete: readonly string[];
}

/** One entry of tenant.yaml. */
export interface Wanted {
  /** As the same thing in the tenant is called (`LiveItem.name`). */
  readonly name: string;
  readonly entry: Fields;
  /** Where tenant.yaml has it. */
  readonly path: Path;
}

/** What a plan is made from. */
export interface PlanSides {
  readonly desired: Desired;
  readonly tenant: LiveTenant;
}

/** Reads each kind at most once, and only those that are asked for. */
export interface TenantReader {
  readonly management: ManagementClient;
  readonly document: TenantDocument;
  /** What the Deploy CLI exports of the sections that it reads for us, in the form of tenant.yaml. */
  readSections(): Promise<Fields>;
  read<Type extends ResourceType>(type: Type): Promise<LiveTenant[Type]>;
}
