import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";

/** What a deploy is made of; the rest of the checkout stays where it is. */
export const PARTS = [
  "actions",
  "gateways",
  "local",
  "scripts",
  "types",
  "package.json",
  "package-lock.json",
  "routes.yaml",
  "stripe.json",
  "tenant.yaml",
  "tsconfig.json",
];

export interface ProjectCopy {
  readonly directory: string;
  /** Another line in one Action, another one each time. */
  changeAction(): void;
  remove(): void;
}

/**
 * This project in a folder of its own, where it may be changed.
 *
 * @param size of Actions and of roles in all; made up where the project has fewer
 */
export function copyProject(root: string, size: number): ProjectCopy {
  const directory = mkdtempSync(join(tmpdir(), "bench-deploy-"));
  for (const part of PARTS) cpSync(join(root, part), join(directory, part), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(directory, "node_modules"));
  addResources(directory, size);
  let changes = 0;
  return {
    directory,
    changeAction() {
      changes += 1;
      const file = join(directory, "actions/add-email-claim/action.ts");
      // A statement, since comments do not survive every build.
      const source = readFileSync(file, "utf8").replace(/Object\.assign\(globalThis.*\n/, "");
      writeFileSync(file, `${source}Object.assign(globalThis, { bench: ${changes} });\n`);
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

interface Document {
  readonly actions: { readonly name: string }[];
  readonly roles: { readonly name: string; readonly permissions: readonly unknown[] }[];
}

function addResources(directory: string, size: number): void {
  const file = join(directory, "tenant.yaml");
  const document = parse(readFileSync(file, "utf8")) as Document;
  const { actions, roles } = document;
  const permissions = roles[0]?.permissions ?? [];
  for (let index = actions.length; index < size; index += 1) {
    const name = `extra-${index}`;
    mkdirSync(join(directory, "actions", name), { recursive: true });
    writeFileSync(
      join(directory, "actions", name, "action.ts"),
      `export const onExecutePostLogin = async (): Promise<void> => console.log("${name}");\n`,
    );
    const triggers = [{ id: "post-login", version: "v3" }];
    const code = `./dist/actions/${name}.js`;
    actions.push(Object.assign({ name, code, runtime: "node22", deployed: true, supported_triggers: triggers }));
  }
  for (let index = roles.length; index < size; index += 1) {
    roles.push(Object.assign({ name: `extra-${index}`, description: "Made up", permissions }));
  }
  if (size > 0) writeFileSync(file, stringify(document));
}
