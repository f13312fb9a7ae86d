import { cpSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FILE } from "./variant.ts";

const root = join(import.meta.dirname, "../../..");

/** What makes up a project, in a folder of its own. */
export function makeProject(): string {
  const directory = mkdtempSync(join(tmpdir(), "two-deploys-"));
  const parts = ["actions", "types", "package.json", "package-lock.json", "stripe.json", "routes.yaml", "tenant.yaml"];
  for (const part of parts) cpSync(join(root, part), join(directory, part), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(directory, "node_modules"));
  writeFileSync(join(directory, FILE), "a text in a file");
  return directory;
}
