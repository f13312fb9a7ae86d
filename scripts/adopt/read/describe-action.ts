import type { LiveAction } from "../../deploy/kinds/action/live.ts";

/** An Action as tenant.yaml has it: what runs at logins, or the draft of one that never was deployed. Its secrets have no values. */
export function describeAction({ name, triggers, draft, live }: LiveAction): Readonly<Record<string, unknown>> {
  const { code, runtime, dependencies, secrets } = live ?? draft;
  return {
    name,
    code,
    deployed: live !== undefined,
    runtime,
    dependencies: dependencies.map((dependency) => ({ ...dependency })),
    secrets: secrets.map((secret) => ({ name: secret.name, value: "" })),
    supported_triggers: triggers.map((trigger) => ({ ...trigger })),
  };
}
