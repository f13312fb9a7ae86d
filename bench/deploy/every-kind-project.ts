import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { PARTS, type ProjectCopy } from "./project-copy.ts";

/** Retired, or not to be compared by anybody; and Actions, which the other settings are about. */
const LEFT_OUT = [
  ...["rules", "rulesConfigs", "hooks", "guardianFactorProviders", "clientAuthCredentials"],
  ...["actions", "triggers", "tokenExchangeProfiles"],
];

/** A project whose tenant.yaml has an entry of every other kind of the Deploy CLI's format. */
export function copyEveryKind(root: string): ProjectCopy {
  const directory = mkdtempSync(join(tmpdir(), "bench-every-kind-"));
  cpSync(join(root, "test/support/every-kind"), directory, { recursive: true });
  rmSync(join(directory, "actions"), { recursive: true });
  for (const part of PARTS.filter((part) => part !== "tenant.yaml")) {
    cpSync(join(root, part), join(directory, part), { recursive: true });
  }
  symlinkSync(join(root, "node_modules"), join(directory, "node_modules"));
  const file = join(directory, "tenant.yaml");
  const document = parse(readFileSync(file, "utf8")) as Record<string, unknown>;
  for (const section of LEFT_OUT) delete document[section];
  writeFileSync(file, stringify(document));
  return {
    directory,
    changeAction: () => {
      throw new Error("it has no Actions");
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}
