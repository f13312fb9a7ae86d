import { afterEach, expect, test } from "@jest/globals";
import { buildProject } from "../../../scripts/build/build-project.ts";
import { addAction, addPackage, type ProjectDraft, removeProject, writeProject } from "./fixture-project.ts";

const directories: string[] = [];
afterEach(() => Promise.all(directories.splice(0).map(removeProject)));

async function build(edit: (draft: ProjectDraft) => void) {
  const directory = await writeProject(edit);
  directories.push(directory);
  return buildProject(directory, {});
}

const loads = (name: string) => `import word from "${name}";
if (typeof word !== "string") throw new Error(\`\${typeof word} came\`);
export const onExecutePostLogin = async () => console.log(word);
`;

test("each Action is loaded with the version that it declares, of one package too", async () => {
  const { findings, actions } = await build((draft) => {
    addPackage(draft, "greeting", "1.0.0", "module.exports = 'one';");
    addPackage(draft, "greeting", "2.0.0", "module.exports = 2;");
    for (const [name, version] of [
      ["old", "1.0.0"],
      ["new", "2.0.0"],
    ] as const) {
      addAction(draft, name, { dependencies: [{ name: "greeting", version }] }, loads("greeting"));
    }
  });
  expect(findings.map(({ code, message }) => [code, message])).toEqual([
    ["ACTION_DOES_NOT_LOAD", "Loading new fails, so every execution would: number came"],
  ]);
  expect(actions.map(({ dependencies }) => dependencies)).toContainEqual(["greeting@1.0.0"]);
});

test("a scoped package, and a part of one, come from its own folder", async () => {
  const { findings } = await build((draft) => {
    addPackage(draft, "@in/word", "1.0.0", "module.exports = 'word';");
    addAction(draft, "scoped", { dependencies: [{ name: "@in/word", version: "1.0.0" }] }, loads("@in/word/index.js"));
  });
  expect(findings).toEqual([]);
});
