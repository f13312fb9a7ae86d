import type { ManagementClient } from "auth0";
import type { TenantDocument } from "../../tenant/document.ts";
import type { LogLine } from "../cli/log-lines.ts";
import type { Desired } from "../plan/desired.ts";
import type { UndoLog } from "./undo.ts";

/** What every write is given. */
export interface ApplyContext {
  readonly management: ManagementClient;
  readonly desired: Desired;
  readonly document: TenantDocument;
  readonly undo: UndoLog;
  readonly onProgress: (line: LogLine) => void;
}

export function report(context: Pick<ApplyContext, "onProgress">, text: string): void {
  context.onProgress({ level: "info", text });
}
