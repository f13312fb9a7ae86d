import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "yaml";
import { RUN_TRIGGERS, type RunTrigger } from "../../local/auth0/actions/handler.ts";
import { isEntityBound } from "../../local/auth0/management/actions/trigger-table.ts";
import { insertEntries } from "../adopt/render/insert-entries.ts";
import { readProjectText } from "../adopt/write/project-text.ts";
import { putInPlace } from "../adopt/write/put-in-place.ts";
import { usageError } from "../command.ts";
import { toFolderName } from "../tenant/action-code.ts";
import { findNearest } from "../tenant/nearest.ts";
import { parseTenant } from "../tenant/read-tenant.ts";
import { describeAction, renderAction, renderTest } from "./render-files.ts";

export interface MadeAction {
  readonly name: string;
  readonly trigger: RunTrigger;
  /** Written, from the project's folder. */
  readonly files: readonly string[];
  readonly test: string;
}

/**
 * Writes an Action's source, its test and its lines in tenant.yaml, or nothing.
 *
 * @throws {CommandError} NEW_NAME_TAKEN, NEW_NAME_UNUSABLE, NEW_TENANT_CLOSED, NEW_TRIGGER_UNKNOWN, and of reading tenant.yaml
 */
export async function makeAction(directory: string, name: string, triggerName: string): Promise<MadeAction> {
  const trigger = getTrigger(triggerName);
  const folder = getFolder(name);
  if (folder === "shared") throw refuseTaken("actions/shared is for what several Actions use");
  const { text, file } = await readProjectText(directory, undefined);
  if (file.document.actions?.some((action) => action.name === name)) throw refuseTaken(`tenant.yaml has ${name}`);
  for (const taken of [`actions/${folder}`, `test/actions/${folder}`]) {
    if (existsSync(join(directory, taken))) throw refuseTaken(`${taken} is there`);
  }
  const tenant = addToTenant(text, file.document.triggers ?? {}, describeAction(name, trigger, folder), trigger);
  parseTenant(tenant, join(directory, "tenant.yaml"));
  const test = `test/actions/${folder}/action.test.ts`;
  const draft = await mkdtemp(join(directory, ".new-"));
  try {
    const files = await putInPlace({
      directory,
      draft,
      force: false,
      files: [
        { file: `actions/${folder}/action.ts`, text: renderAction(trigger) },
        { file: test, text: renderTest(trigger, folder) },
        { file: "tenant.yaml", text: tenant, extends: true },
      ],
    });
    return { name, trigger, files, test };
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

function addToTenant(text: string, triggers: object, action: { readonly name: string }, trigger: RunTrigger): string {
  const binding = [{ action_name: action.name, display_name: action.name }];
  const isBound = Object.hasOwn(triggers, trigger);
  const flow = isBound
    ? { section: "triggers", member: trigger, text: stringify(binding) }
    : { section: "triggers", text: stringify({ [trigger]: binding }) };
  const inserted = insertEntries(text, [
    { section: "actions", text: `\n${stringify([action])}` },
    // What names the others (a token exchange profile, an event stream) is for its author to write.
    ...(isEntityBound(trigger) ? [] : [flow]),
  ]);
  if (inserted.refused.length === 0) return inserted.text;
  throw usageError(
    "NEW_TENANT_CLOSED",
    `Lines cannot be added to ${inserted.refused.join(" and ")} in tenant.yaml. Write it as a list, a line an entry.`,
  );
}

function getTrigger(name: string): RunTrigger {
  const trigger = RUN_TRIGGERS.find((known) => known === name);
  if (trigger !== undefined) return trigger;
  const nearest = findNearest(name, RUN_TRIGGERS);
  const advice = nearest === undefined ? `Use one of ${RUN_TRIGGERS.join(", ")}.` : `Did you mean ${nearest}?`;
  throw usageError("NEW_TRIGGER_UNKNOWN", `Actions are not made for the trigger ${name}. ${advice}`);
}

function getFolder(name: string): string {
  if (/[\p{L}\p{N}]/u.test(name) && !/\p{Cc}/u.test(name)) return toFolderName(name);
  throw usageError("NEW_NAME_UNUSABLE", `${JSON.stringify(name)} makes no folder. Name the Action in words.`);
}

const refuseTaken = (what: string) => usageError("NEW_NAME_TAKEN", `Nothing was written: ${what}. Take another name.`);
