import type { ManagementClient } from "auth0";
import type { SectionFacts } from "../../../tenant/schema/section-facts.ts";
import type { FixedMembers } from "../check-fixed.ts";
import type { KindScopes } from "../kind.ts";
import type { Fields } from "../live-record.ts";
import type { Protection } from "../protections.ts";
import type { MemberList } from "./members.ts";

/**
 * What has to be known of a kind that the Deploy CLI reads and writes for us. Its handlers know the paths, the order and which
 * names stand for ids; we compare, and hand over what differs.
 */
export interface HandedOverSpec extends Omit<SectionFacts, "isOneObject" | "declared"> {
  /** As plans call it. */
  readonly type: string;
  /** Whether Auth0 takes names that differ in the case of letters for one. */
  readonly foldsCase?: true;
  /** Another kind among whose names none of these may be: both are the same thing to Auth0. */
  readonly sharesNamesWith?: "database";
  readonly scopes: KindScopes;
  /**
   * Members that Auth0 takes and does not return, or returns in other words: `.` between levels, `*` for every entry or value.
   * Sources: the types of auth0 7.1, and what the Deploy CLI masks in an export.
   */
  readonly writeOnly?: readonly string[];
  /** The member that keeps the digests of what is write-only. Most kinds have none. */
  readonly digestField?: "metadata";
  readonly fixed?: FixedMembers;
  readonly protections?: readonly Protection[];
  /** Every tenant has all of them, and nobody makes or deletes one. */
  readonly isFixed?: true;
  /** Members that Auth0 counts up or dates itself. */
  readonly moving?: readonly string[];
  /** Members that say what the Deploy CLI is to do (publish), when they are true; false asks for nothing. */
  readonly doneWhenTrue?: readonly string[];
  /** Auth0 replaces what holds their secrets whole, and forgets one that is not sent again. An export shows which there are. */
  readonly forgetsSecrets?: true;
  /** Lists whose members are records of their own. */
  readonly memberLists?: readonly MemberList[];
  /** Members that the Deploy CLI empties when an entry does not have them. */
  readonly sentAlways?: readonly string[];
  /** Where the Deploy CLI cannot be trusted to create one. */
  readonly post?: (management: ManagementClient, entry: Fields) => Promise<unknown>;
  /** A kind that has none is never deleted: every tenant has it, or Auth0 keeps it for good. */
  readonly removal?: Removal;
  /** Members that name an entry of another section: the Deploy CLI would send an unknown name as it is, or drop it. */
  readonly refersTo?: readonly Reference[];
}

interface Reference {
  /** Of the names, `.` between levels and `*` for every entry; `**.flow_id` at any depth. */
  readonly at: string;
  /** Types of the kinds that may have them. */
  readonly types: readonly string[];
}

type Rows = Promise<AsyncIterable<object> | Iterable<object>>;

/** How one of a kind is deleted: by the id that Auth0 gave it, which no export has. */
interface Removal {
  list(management: ManagementClient): Rows;
  delete(management: ManagementClient, id: string): Promise<unknown>;
  readonly idField?: string;
}
