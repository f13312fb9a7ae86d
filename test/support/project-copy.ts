import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const root = join(import.meta.dirname, "../..");

/** The tool, and the Actions whose settings its checks read. */
const TOOL = ["gateways", "local", "scripts", "types", "actions", "package.json", "package-lock.json"];

export interface ProjectCopy {
  readonly directory: string;
  write(file: string, text: string): void;
  remove(): void;
}

/** A project in a folder of its own, with the commands of this checkout and these files. */
export function makeProject(files: Readonly<Record<string, string>>): ProjectCopy {
  const directory = mkdtempSync(join(tmpdir(), "project-"));
  for (const part of TOOL) cpSync(join(root, part), join(directory, part), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(directory, "node_modules"));
  function write(file: string, text: string): void {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    writeFileSync(join(directory, file), text);
  }
  for (const [file, text] of Object.entries(files)) write(file, text);
  return { directory, write, remove: () => rmSync(directory, { recursive: true, force: true }) };
}
