import { ENTRY_POINTS, type RunTrigger } from "../../local/auth0/actions/handler.ts";
import { currentVersion } from "../../local/auth0/management/actions/trigger-table.ts";
import { renderOutput } from "../tenant/action-code.ts";

const moduleOf = (trigger: RunTrigger): string => `@auth0/actions/${trigger}/${currentVersion(trigger)}`;
/** After the trigger in Auth0's package, as handlers are not always. */
const apiOf = (trigger: RunTrigger): string =>
  `${trigger.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())}API`;

/** Sorted, as Biome wants it. */
const renderTypes = (trigger: RunTrigger): string =>
  `import type { ${["Event", apiOf(trigger)].sort().join(", ")} } from "${moduleOf(trigger)}";`;

/** The source of an Action that lets everybody pass. */
export function renderAction(trigger: RunTrigger): string {
  const api = apiOf(trigger);
  return `${renderTypes(trigger)}

export const ${ENTRY_POINTS[trigger][0]} = async (_event: Event, _api: ${api}) => {};
`;
}

/** A test of that source, which passes. */
export function renderTest(trigger: RunTrigger, folder: string): string {
  const source = `../../../actions/${folder}/action.ts`;
  if (trigger === "post-login") {
    return `import { expect, test } from "@jest/globals";
import { buildEvent, runAction } from "#testing";
import * as action from "${source}";

test("a login passes unchanged", async () => {
  const { denied, effects } = await runAction(action, buildEvent("database"));
  expect(denied).toBeUndefined();
  expect(effects).toEqual([]);
});
`;
  }
  const api = apiOf(trigger);
  return `${renderTypes(trigger)}
import { expect, test } from "@jest/globals";
import * as action from "${source}";

test("an event without anything in it passes", async () => {
  const run = action.${ENTRY_POINTS[trigger][0]}({} as Event, {} as ${api});
  await expect(run).resolves.toBeUndefined();
});
`;
}

/** Of tenant.yaml's actions. */
export const describeAction = (name: string, trigger: RunTrigger, folder: string) => ({
  name,
  code: renderOutput(folder),
  runtime: "node22",
  deployed: true,
  supported_triggers: [{ id: trigger, version: currentVersion(trigger) }],
  dependencies: [],
  secrets: [],
});
