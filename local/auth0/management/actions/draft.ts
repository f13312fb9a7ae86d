import type {
  ActionContent,
  ActionDependency,
  ActionModuleRef,
  ActionSecret,
  ActionTrigger,
} from "../../state/action.ts";
import type { Tenant } from "../../tenant.ts";
import { nanoTime } from "../../timestamps.ts";
import { ManagementError } from "../error.ts";
import { currentVersion, findTrigger, runsOn, type TriggerDefinition } from "./trigger-table.ts";

export interface SecretBody {
  readonly name: string;
  readonly value: string;
}

export interface DependencyBody {
  readonly name: string;
  readonly version?: string;
  readonly registry_url?: string;
}

/** Body of a create or an update; what is left out keeps its value. */
export interface ActionBody {
  readonly name?: string;
  readonly supported_triggers?: readonly { readonly id: string; readonly version?: string }[];
  readonly code?: string;
  readonly dependencies?: readonly DependencyBody[];
  readonly runtime?: string;
  readonly secrets?: readonly SecretBody[];
  readonly modules?: readonly ActionModuleRef[];
  readonly deploy?: boolean;
}

/** With dependencies as they are stored (pin-dependencies.ts). */
type PinnedBody = Omit<ActionBody, "dependencies"> & {
  readonly dependencies: readonly ActionDependency[] | undefined;
};

const EMPTY_DRAFT: ActionContent = { code: "", runtime: "node22", dependencies: [], secrets: [], modules: [] };

/** The draft that the body makes of the one before; secrets and dependencies are replaced as a whole. Throws 400. */
export function toDraft(
  tenant: Pick<Tenant, "actionBuilds" | "clock" | "log" | "state">,
  body: PinnedBody,
  trigger: TriggerDefinition,
  before: ActionContent = { ...EMPTY_DRAFT, runtime: newestRuntime(trigger) },
): ActionContent {
  // The auth0 CLI sends a text of no letters where nobody chose one.
  const runtime = body.runtime || before.runtime;
  // One that was taken once is not looked at again.
  if (runtime !== before.runtime && !runsOn(trigger, runtime)) {
    const choices = trigger.runtimes.join(", ");
    throw new ManagementError(
      400,
      `runtime ${runtime} is not supported by ${trigger.id} ${trigger.version}: use ${choices}`,
    );
  }
  return {
    code: body.code ?? before.code,
    runtime,
    dependencies: body.dependencies ?? before.dependencies,
    secrets: body.secrets === undefined ? before.secrets : toSecrets(tenant, body.secrets),
    modules: body.modules === undefined ? before.modules : toModules(tenant, body.modules),
  };
}

export function toSecrets(tenant: Pick<Tenant, "clock">, secrets: readonly SecretBody[]): readonly ActionSecret[] {
  const updated_at = nanoTime(tenant.clock);
  return secrets.map(({ name, value }) => ({ name, value, updated_at }));
}

/** The trigger that the body names, its current version where none is given. Throws 400. */
export function toTrigger(triggers: ActionBody["supported_triggers"]): TriggerDefinition {
  const [{ id, version = currentVersion(id) } = { id: "" }] = triggers ?? [];
  const trigger = findTrigger(id, version);
  if (trigger === undefined) throw new ManagementError(400, `trigger ${id} has no version ${version}`);
  return trigger;
}

/** An Action keeps its trigger; only to a version that takes over from its own can it be moved. Throws 400. */
export function checkUpgrade(from: ActionTrigger | undefined, to: TriggerDefinition): void {
  const isSame = (one: ActionTrigger) => one.id === from?.id && one.version === from.version;
  if (isSame(to) || to.compatible_triggers.some(isSame)) return;
  throw new ManagementError(400, "can't upgrade to this trigger.");
}

function toModules(tenant: Pick<Tenant, "state">, modules: readonly ActionModuleRef[]): readonly ActionModuleRef[] {
  return modules.map(({ module_id, module_version_id }) => {
    if (tenant.state.actionModuleVersions.get(module_version_id)?.module_id !== module_id) {
      throw new ManagementError(400, `action module ${module_id} has no version ${module_version_id}`);
    }
    return { module_id, module_version_id };
  });
}

function newestRuntime(trigger: TriggerDefinition): string {
  return trigger.runtimes.at(-1) ?? trigger.default_runtime;
}
