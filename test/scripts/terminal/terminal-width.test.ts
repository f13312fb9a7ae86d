import { stripVTControlCharacters } from "node:util";
import { expect, test } from "@jest/globals";
import { renderAdoption } from "../../../scripts/adopt/render-adoption.ts";
import type { Build } from "../../../scripts/build/build-project.ts";
import { renderBuild } from "../../../scripts/build/render.ts";
import { COMMANDS } from "../../../scripts/commands.ts";
import { renderScopes } from "../../../scripts/deploy/checks/render-scopes.ts";
import type { LiveTenant } from "../../../scripts/deploy/kinds/live-tenant.ts";
import type { Plan } from "../../../scripts/deploy/plan/change.ts";
import { renderPlan } from "../../../scripts/deploy/plan/render-plan.ts";
import { renderDeployment } from "../../../scripts/deploy/render-deployment.ts";
import { renderDiagnoses } from "../../../scripts/doctor/render-diagnoses.ts";
import { renderOutcomes } from "../../../scripts/environments/render-outcomes.ts";
import { renderPlan as renderResend } from "../../../scripts/metering/render-resend.ts";
import { renderStatus as renderMeteringStatus } from "../../../scripts/metering/render-status.ts";
import { renderStatus } from "../../../scripts/operate/render-status.ts";
import { renderWhy } from "../../../scripts/operate/why/render-why.ts";
import type { Paint } from "../../../scripts/terminal/paint.ts";
import { renderUsage } from "../../../scripts/terminal/usage.ts";

/** Of everything as much as a real tenant has. */
const SETTINGS = ["STRIPE_SYNC_SINCE", "STRIPE_FAILURE", "STRIPE_EXISTING_CUSTOMER", "STRIPE_ADOPT_CONNECTIONS"];
const ACTION = "require-verified-email";
const DOMAIN = "example.eu.auth0.com";
const SENTENCE = "It is what somebody has to know before anything is written, and takes more than one line to say.";
const DATE = "2026-11-30T00:20:59.123Z";
/** As a terminal is painted. */
const paint: Paint = (_style, text) => `\u001b[2m${text}\u001b[22m`;

const build = {
  ok: true,
  findings: [
    {
      severity: "warning",
      code: "ACTION_FOLDER_UNUSED",
      place: `actions/${ACTION}`,
      message: SENTENCE,
      limit: "100 kB",
    },
  ],
  actions: [
    {
      name: ACTION,
      file: `./dist/actions/${ACTION}.js`,
      code: "",
      bytes: 7_999,
      limit: 100_000,
      form: "minified",
      dependencies: ["stripe@23.1.0", "jose@6.2.17"],
      secrets: SETTINGS,
    },
  ],
} satisfies Build;

const live = {
  domain: DOMAIN,
  flow: [{ name: "post-login", bindings: [{ actionName: ACTION }] }],
  action: [{ name: ACTION, live: { number: 112, secrets: SETTINGS.map((name) => ({ name, updatedAt: DATE })) } }],
} as unknown as LiveTenant;

const plan: Plan = {
  domain: DOMAIN,
  fingerprint: "",
  changes: [
    {
      operation: "create",
      type: "client",
      name: "Reading room",
      fields: [{ path: "callbacks", before: undefined, after: SETTINGS.map((name) => `https://example.com/${name}`) }],
    },
  ],
  warnings: [{ code: "FIELD_OUTDATED", message: SENTENCE }],
  unmanaged: [{ type: "client", name: "Another", note: SENTENCE }],
  uncompared: [`email-provider:settings ${SETTINGS.join(", ")}`],
  overlay: {
    file: "environments/eu.yaml",
    entries: [{ section: "clients", name: "Reading room", how: "changed", members: SETTINGS, path: [] }],
  } as unknown as NonNullable<Plan["overlay"]>,
};

const scopes = ["create:organization_discovery_domains", "update:self_service_profile_custom_texts"].map((scope) => ({
  scope,
  reason: "organizations with their discovery domains, connections and grants of clients, and whatever else they have",
}));
const event = {
  customer: "cus_QwErTyUiOpAsDf",
  meter: "api_requests",
  value: 1_234,
  timestamp: 1_764_461_000,
};

test.each<[command: string, text: string]>([
  ["build", renderBuild(build)],
  ["plan", renderPlan(plan, paint).join("\n")],
  ["deploy", renderDeployment({ live, plan, outcome: "deployed", peakMemory: 0 }, build, paint)],
  [
    "deploy, of several environments",
    renderOutcomes(
      [
        {
          name: "production",
          domain: DOMAIN,
          result: "interrupted, rolled back",
          changes: 112,
          exitCode: 130,
          failure: { code: "DEPLOY_INTERRUPTED", message: SENTENCE, exitCode: 130 } as never,
        },
      ],
      paint,
    ),
  ],
  [
    "status",
    renderStatus(
      DOMAIN,
      ["not in this checkout", "same"].map((checkout) => ({
        name: ACTION,
        place: "post-login 1",
        version: 112,
        since: DATE,
        bytes: 7_999,
        digest: "50860e56eaaf",
        checkout: checkout as "same",
        secrets: SETTINGS.map((name) => ({ name, updatedAt: DATE })),
      })),
      paint,
    ),
  ],
  [
    "why",
    renderWhy(
      {
        domain: DOMAIN,
        all: false,
        explanations: [
          {
            logId: "90020261130002059123456789012345678901234567890123456",
            date: DATE,
            type: "f",
            what: "Failed login",
            reason: SENTENCE,
            actions: [{ name: ACTION, durationMs: 12.3, effect: "denied", output: SENTENCE, error: SENTENCE }],
            notes: [SENTENCE],
          },
        ],
      },
      paint,
    ),
  ],
  ["scopes", renderScopes({ required: scopes, granted: new Set(["read:logs"]), domain: DOMAIN }, paint)],
  ["scopes, without credentials", renderScopes({ required: scopes, granted: undefined, domain: undefined }, paint)],
  [
    "adopt",
    renderAdoption({
      source: DOMAIN,
      adopted: ["client Shop"],
      files: ["tenant.yaml"],
      present: [],
      leftOut: [{ entry: "action Old", reason: SENTENCE }],
      omitted: [{ entry: "tenant settings", path: "flags.old", reason: SENTENCE }],
      secrets: [{ entry: "connection google-oauth2", path: "options.client_secret", variable: "GOOGLE_SECRET" }],
      suspects: [],
      refused: [SENTENCE],
      unread: [{ section: "logStreams", reason: SENTENCE }],
      isPlanned: true,
    }),
  ],
  ["doctor", renderDiagnoses([{ check: "certificate", status: "wrong", message: `${SENTENCE}\n${SENTENCE}` }], paint)],
  [
    "metering",
    renderMeteringStatus({
      directory: "/var/lib/metering",
      writer: { state: "none" },
      unsent: {},
      deadLetters: {},
      setAside: [],
    }),
  ],
  [
    "metering resend",
    renderResend([
      { event: { ...event, identifier: "e" }, attempts: 0, isFirst: true, action: "refuse", why: SENTENCE },
    ]),
  ],
  ...Object.entries(COMMANDS).map(
    ([name, command]) => [`${name} --help`, renderUsage(`npm run ${name} --`, command)] as [string, string],
  ),
])("what %s prints fits into a terminal of 80 columns", (_command, text) => {
  expect(text).not.toBe("");
  const lines = text.split("\n").map(stripVTControlCharacters);
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
});
