import type { ManagementClient } from "auth0";
import type { LogLine } from "../cli/log-lines.ts";
import type { LiveTenant } from "../kinds/live-tenant.ts";
import type { ResourceType } from "../kinds/table.ts";
import type { Desired } from "../plan/desired.ts";
import type { UndoLog } from "./undo.ts";

/** What every write is given. */
export interface WriteContext {
  readonly management: ManagementClient;
  readonly desired: Desired;
  /** As it was when the changes were planned. */
  readonly tenant: LiveTenant;
  /** What the tenant has of a kind now, after what was created. */
  readAgain<Type extends ResourceType>(type: Type): Promise<LiveTenant[Type]>;
  readonly undo: UndoLog;
  readonly onProgress: (line: LogLine) => void;
}

export function report(context: Pick<WriteContext, "onProgress">, text: string): void {
  context.onProgress({ level: "info", text });
}
