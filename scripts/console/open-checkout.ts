import { join } from "node:path";
import type { Checkout, ReplayedAction } from "../../local/console/replays/checkout.ts";
import { planBilling } from "../build/billing.ts";
import { planBuild } from "../build/build-project.ts";
import { planGrants } from "../build/grants.ts";
import { type Project, readProject } from "../build/project.ts";
import { renderFinding } from "../build/render.ts";
import { CommandError } from "../command.ts";
import { createRedactor } from "../redaction/redact.ts";
import { readActionCode } from "../tenant/action-code.ts";
import { readCheckoutValues, readExample } from "../tenant/checkout-values.ts";
import { readTenant } from "../tenant/read-tenant.ts";
import { chooseOpenSettings, listClosedSettings } from "./open-settings.ts";
import { renderReplayedTest } from "./render-replayed-test.ts";
import { saveRow } from "./save-row.ts";
import { notSaved, writeNew } from "./write-new.ts";

/** What the console is given of the project in this folder. */
export function openCheckout(directory: string): Checkout {
  return {
    async build() {
      const build = planBuild(await readCheckout(directory));
      if (!build.ok) throw new CommandError("BUILD_REFUSED", build.findings.map(renderFinding).join("\n"));
      return new Map(
        build.actions.map(({ name, code, dependencies }) => [
          name,
          { code, dependencies: dependencies.map(parseDependency) },
        ]),
      );
    },
    saveTest: (replayed) => saveTest(directory, replayed),
    saveRow: async (login) => saveRow(await readCheckout(directory), login),
  };
}

const readCheckout = async (directory: string): Promise<Project> =>
  readProject(await readTenant(join(directory, "tenant.yaml")), await readCheckoutValues(directory));

/** `stripe@23.1.0`, `@scope/name@1.0.0` */
function parseDependency(text: string) {
  const at = text.lastIndexOf("@");
  return { name: text.slice(0, at), version: text.slice(at + 1) };
}

/** @throws {CommandError} REPLAY_NOT_SAVED */
async function saveTest(directory: string, replayed: ReplayedAction): Promise<string> {
  const project = await readCheckout(directory);
  const { action, codePath, result } = findAction(project, replayed.name);
  const code = readActionCode(codePath);
  if (code.kind !== "built")
    throw notSaved(`${replayed.name} is not built from a folder in actions/: its tests are not either.`);
  if (result.kind === "refused") throw notSaved(result.problems.map(({ message }) => message).join("\n"));
  const { document } = project.tenant;
  const given = [replayed.event.secrets, action, await readExample(directory)] as const;
  const secrets = chooseOpenSettings(...given);
  const text = renderReplayedTest({
    ...replayed,
    source: result.bundle.source,
    event: { ...replayed.event, secrets },
    compiledIn: {
      grants: planGrants(document, action),
      billing: planBilling(document, action, project.rules),
    },
  });
  const path = `test/actions/${code.folder}/replayed-${replayed.seenAt.replaceAll(/[:.]/g, "-")}.test.ts`;
  await writeNew(directory, path, createRedactor(listClosedSettings(...given))(text));
  return path;
}

function findAction({ actions, codePaths }: Project, name: string) {
  const place = actions.findIndex(({ action }) => action.name === name);
  const entry = actions[place];
  if (entry === undefined) throw notSaved(`tenant.yaml has no Action ${name} any more.`);
  return { ...entry, codePath: codePaths[place] ?? "" };
}
