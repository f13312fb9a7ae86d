import { CommandError } from "../command.ts";
import type { TenantConnection } from "../deploy/connect.ts";
import { collect, page } from "../deploy/kinds/collect.ts";
import type { LiveFlow } from "../deploy/kinds/flow/live.ts";
import { readFlow } from "../deploy/kinds/flow/read.ts";
import { explainUnreadable } from "../deploy/live/read-live-tenant.ts";
import { sideBySide } from "../deploy/side-by-side.ts";
import type { TenantDocument } from "../tenant/document.ts";

type Tenant = Pick<TenantConnection, "management" | "domain">;

export interface FlowsRead {
  readonly flow: readonly LiveFlow[];
  /** Triggers whose flow could not be read. */
  readonly unread: readonly UnreadFlow[];
}

interface UnreadFlow {
  readonly trigger: string;
  readonly error: CommandError;
}

/** The flow of each trigger that has one: what cannot be read of one keeps nobody from the others. */
export async function readFlowsApart({ management, domain }: Tenant, triggers: readonly string[]): Promise<FlowsRead> {
  const read = await sideBySide(triggers, async (trigger) => {
    try {
      return await readFlow(management, trigger);
    } catch (cause) {
      const error = explainUnreadable(cause, domain);
      if (error instanceof CommandError) return { trigger, error };
      throw error;
    }
  });
  return {
    flow: read.filter((one) => one !== undefined && "bindings" in one),
    unread: read.filter((one) => one !== undefined && "error" in one),
  };
}

/** Undefined when every flow could be read. */
export function describeUnread(unread: readonly UnreadFlow[]): CommandError | undefined {
  const [first] = unread;
  if (first === undefined) return undefined;
  const triggers = unread.map(({ trigger }) => trigger).join(", ");
  return new CommandError(
    first.error.code,
    `The flow of ${triggers} could not be read, so nobody knows what runs there. ${first.error.message}`,
    { cause: first.error },
  );
}

/**
 * The triggers that an Action can be bound to: as the tenant says, else as tenant.yaml does, else all of tenant.yaml's. The list
 * of Actions may be what cannot be read.
 */
export async function listTriggersOf(
  { management, domain }: Tenant,
  document: TenantDocument,
  name: string,
): Promise<readonly string[]> {
  const found = await collect(management.actions.list({ ...page(), actionName: name })).catch((cause: unknown) => {
    if (explainUnreadable(cause, domain) instanceof CommandError) return [];
    throw cause;
  });
  const known = [...found, ...(document.actions ?? [])].find((action) => action.name === name);
  return known?.supported_triggers?.map(({ id }) => id) ?? Object.keys(document.triggers ?? {});
}
