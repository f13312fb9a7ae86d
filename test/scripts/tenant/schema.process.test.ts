import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { CommandError } from "../../../scripts/command.ts";
import { parseTenant } from "../../../scripts/tenant/read-tenant.ts";
import { spawnScript } from "../../support/spawn-script.ts";

const root = join(import.meta.dirname, "../../..");

test("the committed schemas are what the installed packages say", async () => {
  const script = spawnScript("tenant-schema", ["--check", "--json"]);
  expect([await script.ended, script.stderr(), script.stdout()]).toEqual([0, "", '{"stale":[]}\n']);
});

test("every kind of the installed Deploy CLI is either deployed, or refused as a kind that is known", () => {
  // Not in this process: jest cannot load its ES modules.
  const source = `const schema = require("auth0-deploy-cli/lib/tools/auth0/schema").default;
    console.log(JSON.stringify(Object.keys(schema.properties)));`;
  const kinds: string[] = JSON.parse(execFileSync(process.execPath, ["-e", source], { cwd: root, encoding: "utf8" }));
  expect(kinds).toContain("organizations");
  const unknown = kinds.filter((kind) => {
    try {
      parseTenant(`${kind}: { a: 1 }`, "tenant.yaml");
    } catch (error) {
      return error instanceof CommandError && error.message.includes("is not a section");
    }
    return false;
  });
  // A step of the Deploy CLI's own, before clientAuthCredentials.
  expect(unknown).toEqual(["clientAuthCredentialsPre"]);
});
