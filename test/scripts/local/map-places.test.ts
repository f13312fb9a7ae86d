import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "@jest/globals";
import { buildProject } from "../../../scripts/build/build-project.ts";
import { markCode } from "../../../scripts/deploy/kinds/action/marker.ts";
import { createMapPlaces } from "../../../scripts/local/map-places.ts";
import { startTenantWithActions, type TenantWithActions } from "../../support/tenant-with-actions.ts";
import { addAction, type ProjectDraft, removeProject, writeProject } from "../build/fixture-project.ts";

let directory: string;
let actions: TenantWithActions | undefined;
afterEach(async () => {
  await actions?.close();
  actions = undefined;
  await removeProject(directory);
});

/** Runs Actions as they are deployed: with a comment at the end of what was built. */
async function login(edit: (draft: ProjectDraft) => void, between = (_: string): void => {}) {
  directory = await writeProject(edit);
  const build = await buildProject(directory, {});
  between(directory);
  actions = await startTenantWithActions({ mapPlaces: createMapPlaces(directory) });
  const marker = { owner: "me", secrets: "", version: 1 };
  actions.bind(
    ...build.actions
      .filter(({ name }) => name !== "guard")
      .map(({ name, code }) => ({ name, code: markCode(code, marker) })),
  );
  return { outcome: await actions.login(), log: actions.log };
}

const THROWS = `interface Person {
  readonly name: string;
}

const greet = (person: Person | undefined): string =>
  person!.name;

export const onExecutePostLogin = async (): Promise<void> => {
  greet(undefined);
};
`;

test("an Action that throws is told with its source's file, line and column, as is each call on the way", async () => {
  const { outcome, log } = await login((draft) => addAction(draft, "greet", {}, THROWS));
  expect(outcome).toMatchObject({
    kind: "failed",
    error: {
      place: "actions/greet/action.ts:6:11",
      stack: expect.stringMatching(/action\.ts:6:11\)[\s\S]*action\.ts:9:3\)/),
    },
  });
  expect(log.at(-1)).toContain("greet failed (action_error) at actions/greet/action.ts:6:11: ");
});

test("so is one that is minified, and what throws in a file beside it", async () => {
  const long = `export const texts = ${JSON.stringify(Array.from({ length: 400 }, (_, i) => `text ${i} ${"x".repeat(20)}`))};
export const fail = (): never => {
  throw new Error(\`\${texts.length}\`);
};
`;
  const { outcome } = await login((draft) => {
    addAction(draft, "My Action (2)", { code: "./dist/actions/my-action.js" }, undefined);
    delete draft.sources["actions/My Action (2)/action.ts"];
    draft.sources["actions/my-action/texts.ts"] = long;
    draft.sources["actions/my-action/action.ts"] =
      'import { fail } from "./texts.ts";\nexport const onExecutePostLogin = async () => fail();\n';
  });
  expect(outcome).toMatchObject({ kind: "failed", error: { place: "actions/my-action/texts.ts:3:9" } });
});

test("without the map of that code the place is the one in the code that runs", async () => {
  const { outcome } = await login(
    (draft) => addAction(draft, "greet", {}, THROWS),
    (project) => rmSync(join(project, ".local/source-maps"), { recursive: true }),
  );
  expect(outcome).toMatchObject({ kind: "failed", error: { place: expect.stringMatching(/^greet\.js:\d+:\d+$/) } });
});

test("a build that changes nothing keeps no other map, and one that does keeps both", async () => {
  directory = await writeProject();
  const count = () => readdirSync(join(directory, ".local/source-maps")).length;
  await buildProject(directory, {});
  await buildProject(directory, {});
  expect(count()).toBe(1);
  expect(existsSync(join(directory, "dist"))).toBe(false);
});
