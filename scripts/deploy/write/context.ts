import type { ManagementClient } from "auth0";
import type { LiveTenant } from "../kinds/live-tenant.ts";
import type { ResourceType } from "../kinds/table.ts";
import type { Change } from "../plan/change.ts";
import type { Desired } from "../plan/desired.ts";
import type { UndoLog } from "./undo.ts";

/** What a change is called by. */
export type ReportedChange = Pick<Change, "type" | "name">;

/** What every write is given. */
export interface WriteContext {
  readonly management: ManagementClient;
  readonly desired: Desired;
  /** As it was when the changes were planned. */
  readonly tenant: LiveTenant;
  /** What the tenant has of a kind now, after what was created. */
  readAgain<Type extends ResourceType>(type: Type): Promise<LiveTenant[Type]>;
  readonly undo: UndoLog;
  /** Says that something of this change is written; said once for a change of the plan. */
  report(change: ReportedChange): void;
}
