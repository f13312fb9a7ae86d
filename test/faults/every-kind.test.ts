import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import type { LocalTenant } from "../../local/auth0/server.ts";
import { startTestTenant } from "../support/local-tenant.ts";
import { runPlainDeployCli } from "../support/run-plain-deploy-cli.ts";

const everyKind = join(import.meta.dirname, "../support/every-kind");

type Document = Readonly<Record<string, unknown>>;
type Rows = readonly Readonly<Record<string, unknown>>[];

/** It has no section of its own in an export. */
const NOT_EXPORTED = ["clientAuthCredentials"];
/** The first for the file itself, the others for the markers that an export puts in the place of secrets. */
const KEYWORDS = Object.fromEntries(
  [
    "GREETING_VALUE",
    "SMTP_USER",
    "SMTP_PASS",
    "TWILIO_AUTH_TOKEN",
    "CONNECTIONS_OIDC_SECRET",
    "LOGSTREAMS_HTTP_SECRET",
    "EVENT_STREAM_WEBHOOK_BEARER_TOKEN",
  ].map((name) => [name, "example-only"]),
);

describe("the Deploy CLI, with one entry of every kind that it handles", () => {
  let tenant: LocalTenant;
  let folder: string;
  const log: string[] = [];
  beforeAll(async () => {
    tenant = await startTestTenant({ log: (line) => log.push(line) });
    folder = mkdtempSync(join(tmpdir(), "every-kind-"));
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await tenant.close();
  });

  async function run(command: "import" | "export", path: string): Promise<void> {
    expect(await runPlainDeployCli(command, path, tenant, KEYWORDS)).toMatchObject({ code: 0 });
  }
  const read = (path: string) => readFileSync(join(path, "tenant.yaml"), "utf8");

  test("imports it, exports every section of it, and finds nothing to change in what it exported", async () => {
    await run("import", join(everyKind, "tenant.yaml"));
    const [first, second] = [join(folder, "first"), join(folder, "second")];
    await run("export", first);
    const exported = parse(read(first)) as Document;
    const written = parse(read(everyKind)) as Document;
    expect(Object.keys(written).filter((kind) => !(kind in exported))).toEqual(NOT_EXPORTED);
    for (const kind of ["organizations", "networkACLs", "logStreams", "eventStreams", "flows", "forms", "hooks"]) {
      const names = (rows: unknown) => (rows as Rows).map(({ name, description }) => name ?? description);
      expect([kind, names(exported[kind])]).toEqual([kind, names(written[kind])]);
    }
    expect(exported.prompts).toMatchObject(written.prompts as object);
    expect(exported.tenant).toMatchObject({ friendly_name: "Library", session_lifetime: 0.5 });

    await run("import", join(first, "tenant.yaml"));
    await run("export", second);
    // The Deploy CLI publishes a module anew at every import.
    const versionless = (text: string) => text.replace(/latest_version_number: \d+/, "");
    expect(versionless(read(second))).toBe(versionless(read(first)));
    // Nothing was asked for that is not there; the log stream's server is, which is said once.
    expect(log).toEqual([
      expect.stringMatching(/^log stream Audit: nothing is delivered: No connection to logs\.example/),
    ]);
  });
});
