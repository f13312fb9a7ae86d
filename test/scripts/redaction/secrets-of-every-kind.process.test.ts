import { cpSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { stringify } from "yaml";
import { isMapping } from "../../../scripts/tenant/shape.ts";
import { isWrite, type Seen } from "../../faults/fault-proxy.ts";
import { type ProxiedTenant, startProxiedTenant } from "../../faults/proxied-tenant.ts";
import { type EveryKind, readEveryKind } from "../../support/every-kind-project.ts";
import { PLANTED, plant, sectionOf } from "../../support/planted-secrets.ts";
import { makeProject, type ProjectCopy } from "../../support/project-copy.ts";
import { formsOf } from "../../support/secret-forms.ts";
import { spawnScript } from "../../support/spawn-script.ts";

const root = join(import.meta.dirname, "../../..");
const ACTION_SECRET = plant("action");
const SECRETS = [...PLANTED.flatMap(({ secrets }) => secrets), ACTION_SECRET];
const nameOf = (secret: string) => `PLANTED_${SECRETS.indexOf(secret)}`;

/** Every second secret comes by a keyword, the others stand in tenant.yaml. */
function byKeyword(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(byKeyword);
  if (isMapping(value)) return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, byKeyword(item)]));
  const index = SECRETS.indexOf(String(value));
  return index === -1 || index % 2 === 1 ? value : `@@${nameOf(SECRETS[index]!)}@@`;
}

type Entry = Readonly<Record<string, unknown>>;

/** What an entry needs besides its secrets is as in the entry that is there. */
function addEntries(present: readonly Entry[], planted: readonly Entry[]): readonly Entry[] {
  const kept = present.filter(({ name }) => planted.every((entry) => entry.name !== name));
  return [...kept, ...planted.map((entry) => ({ ...present[0], ...entry }))];
}

/** The file with an entry of every kind, and entries with all the secrets that one tenant.yaml can have beside each other. */
function plantAll(document: EveryKind): EveryKind {
  for (const row of PLANTED) {
    const present = document[row.section];
    const planted = sectionOf(row);
    document[row.section] = Array.isArray(planted)
      ? addEntries(present as readonly Entry[], planted as readonly Entry[])
      : { ...(present as Entry), ...(planted as Entry) };
  }
  const [first] = document.actions as Record<string, unknown>[];
  first!.secrets = [{ name: "KEY", value: `@@${nameOf(ACTION_SECRET)}@@` }];
  return byKeyword(document) as EveryKind;
}

/** Secrets of the entries that a tenant takes as they are. */
function plantTaken(document: EveryKind): EveryKind {
  const texts = JSON.stringify(document);
  const planted = ["oidc", "smtp_pass", "auth_token", "httpAuthorization", "bearer", "hook token"].map(plant);
  const present = ["oidc-secret", "smtp-secret", "phone-token", "log-secret", "vault-secret", "stream-secret"];
  const filled = present.reduce(
    (text, secret, index) => text.replace(`"${secret}"`, JSON.stringify(planted[index])),
    texts,
  );
  return JSON.parse(filled) as EveryKind;
}

/** All files beneath a folder but those in which secrets belong. */
function readAll(folder: string): string {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !["tenant.yaml", ".env", "node_modules"].includes(name))
    .map((entry) =>
      entry.isDirectory() ? readAll(join(folder, entry.name)) : readFileSync(join(folder, entry.name), "latin1"),
    )
    .join("\n");
}

const findShown = (text: string, secrets: readonly string[]) =>
  secrets.filter((secret) => formsOf(secret).some((form) => text.includes(form)));

/** What a tenant makes of a request that it refuses. */
const quote = (request: Seen) => ({
  status: 400,
  body: JSON.stringify({ statusCode: 400, error: "Bad Request", message: `Payload: ${request.body}` }),
});

describe("a secret in each field that has one", () => {
  let proxied: ProxiedTenant;
  let project: ProjectCopy;
  let environment: Readonly<Record<string, string>>;
  beforeAll(async () => {
    proxied = await startProxiedTenant();
    project = makeProject({ "stripe.json": readFileSync(join(root, "stripe.json"), "utf8") });
    cpSync(join(root, "test/support/every-kind"), project.directory, { recursive: true });
    environment = {
      ...Object.fromEntries(SECRETS.map((secret) => [nameOf(secret), secret])),
      ...proxied.environment,
    };
  });
  afterAll(async () => {
    project.remove();
    await proxied.close();
  });

  async function run(command: string, args: readonly string[], { directory }: ProjectCopy = project) {
    const secrets = [...SECRETS, proxied.tenant.clientSecret];
    const script = spawnScript(command, args, environment, directory);
    const code = await script.ended;
    const printed = script.stdout() + script.stderr();
    return {
      code,
      size: printed.length,
      printed: findShown(printed, secrets),
      left: findShown(readAll(directory), secrets),
    };
  }
  const hidden = (code: number) => ({ code, size: expect.any(Number), printed: [], left: [] });

  test("is in nothing that is printed or left behind before a deploy, nor when the tenant quotes what it refuses", async () => {
    project.write("tenant.yaml", stringify(plantAll(readEveryKind())));
    proxied.proxy.answerWith((request) => (isWrite(request) ? quote(request) : undefined));
    expect(await run("build", [])).toEqual(hidden(0));
    expect(await run("scopes", ["--json"])).toEqual(hidden(0));
    expect(await run("plan", ["--json"])).toEqual(hidden(10));
    expect(await run("deploy", ["--yes"])).toEqual(hidden(1));
    proxied.proxy.disarm();
  });

  test("is in nothing that is printed or left behind once it is deployed", async () => {
    project.write("tenant.yaml", stringify(byKeyword(plantTaken(readEveryKind()))));
    expect(await run("deploy", ["--yes"])).toEqual(hidden(0));
    expect(await run("plan", [])).toEqual(hidden(0));
    expect(await run("status", ["--json"])).toEqual(hidden(0));
    expect(await run("doctor", ["--json"])).toEqual(hidden(0));
    expect(await run("unbind", ["Add reader claim"])).toEqual(hidden(0));
    expect(await run("why", ["nobody@example.com"])).toEqual(hidden(0));
    expect(await run("rollback", ["--yes"])).toEqual(hidden(2));
    const adopted = makeProject({});
    expect(await run("adopt", [], adopted)).toEqual(hidden(0));
    expect(findShown(readFileSync(join(adopted.directory, "tenant.yaml"), "utf8"), SECRETS)).toEqual([]);
    adopted.remove();
  });
});
