import { createSign } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseEnv } from "node:util";
import type { TriggerRun } from "../../local/auth0/actions/pipeline/pipeline.ts";
import type { RunResult } from "../../local/auth0/actions/runtime/protocol.ts";
import type { Tenant } from "../../local/auth0/tenant.ts";
import { createUser } from "../../local/auth0/users/create-user.ts";
import { createConsole } from "../../local/console/create-console.ts";
import { createMailbox } from "../../local/console/mailbox/mailbox.ts";
import { createRunRecorder } from "../../local/console/runs/recorder.ts";
import { deployProject } from "../../scripts/deploy/deploy-project.ts";
import { prepareProject } from "../../scripts/deploy/prepare.ts";
import { environmentOf } from "../../scripts/local/environment-of.ts";
import { startServices, verifyEmailUrl } from "../../scripts/local/start-services.ts";
import { readFixtures } from "../../scripts/own-rows/fixtures.ts";
import { createRedactor } from "../../scripts/redaction/redact.ts";
import type { Environment } from "../../scripts/tenant/read-environment.ts";
import { PASSWORD, PEOPLE, personEmail } from "./people.ts";
import { answerQuestions } from "./server.ts";

/** The local tenant with this checkout deployed to it and people who have logged in before. */
const directory = join(import.meta.dirname, "../..");
const example = parseEnv(await readFile(join(directory, ".env.example"), "utf8")) as Environment;
const runs = createRunRecorder();
let record: () => void = () => {};
const services = await startServices({
  project: directory,
  directory: join(directory, ".local"),
  stripeKeys: [{ secret: example.STRIPE_SECRET_KEY ?? "", permissions: ["rak_customer_write"] }],
  log: () => {},
  ...(process.argv.includes("console") && {
    tenant: {
      onRun(run: TriggerRun, result: RunResult) {
        runs.record(run, result);
        record = () => runs.record(run, result);
      },
      createPages: (opened: Tenant) => createConsole(opened, { runs, mailbox: createMailbox(), createRedactor }),
    },
  }),
});
const { stripe, tenant } = services;
const prepared = await prepareProject({
  directory,
  environment: {
    ...example,
    ...environmentOf(tenant),
    VERIFY_EMAIL_URL: verifyEmailUrl(tenant.domain),
  },
});
await deployProject({ prepared, confirm: async () => true, onProgress: () => {} });

const fixtures = readFixtures(prepared.desired.document);
const { state, signingKeys, logs } = tenant.tenant;
const clientOf = (name: string) => state.clients.find((client) => client.name === name);
const database = state.connections.find(({ name }) => name === fixtures.database);
if (database === undefined) throw new Error("The database was not deployed.");
for (let index = 0; index < PEOPLE; index += 1) {
  const { user_id: id } = await createUser(tenant.tenant, database, {
    email: personEmail(index),
    password: PASSWORD,
    email_verified: true,
    app_metadata: { stripe_customer_id: `cus_${index}` },
  });
  const user = state.users.get(id);
  if (user === undefined) throw new Error("The user is gone.");
  const link = { stripe_customer_id: `cus_${index}`, stripe_customer_linked_to: id };
  state.users.set(id, { ...user, logins_count: 3, app_metadata: link });
}

const worker = clientOf(fixtures.worker?.name ?? "");
const { privateKey } = signingKeys.current();
const claims = JSON.stringify({
  iss: tenant.domain,
  sub: "x".repeat(40),
  aud: fixtures.audience,
  scope: "x".repeat(40),
});
const INPUT = `${"x".repeat(90)}.${Buffer.from(claims.repeat(2)).toString("base64url")}`;

answerQuestions(
  {
    origin: `https://${tenant.domain}`,
    ca: await readFile(tenant.caFile, "utf8"),
    tokenRequest: {
      path: "/oauth/token",
      body: {
        grant_type: "client_credentials",
        client_id: worker?.client_id ?? "",
        client_secret: worker?.client_secret ?? "",
        audience: fixtures.audience,
      },
    },
    actions: fixtures.actions,
    login: {
      clientId: clientOf(fixtures.spa.name)?.client_id ?? "",
      callback: fixtures.spa.callback,
      audience: fixtures.audience,
    },
  },
  (question) => {
    if (question.ask === "stripe requests") return stripe.log.entries().length;
    if (question.ask === "action times") return readActionTimes();
    if (question.ask === "record logins") for (let count = 0; count < question.count; count += 1) record();
    if (question.ask === "sign") {
      for (let count = 0; count < question.count; count += 1) {
        createSign("RSA-SHA256").update(INPUT).sign(privateKey, "base64url");
      }
    }
    return undefined;
  },
);

/** Milliseconds of all Actions together, by login, from the tenant log. */
function readActionTimes(): readonly number[] {
  return logs.entries().flatMap(({ type, details }) => {
    const { actions } = (details ?? {}) as { actions?: { results: readonly { duration_ms: number }[] } };
    return type === "s" && actions ? [actions.results.reduce((sum, { duration_ms: ms }) => sum + ms, 0)] : [];
  });
}
