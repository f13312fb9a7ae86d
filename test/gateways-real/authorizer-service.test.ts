import { type ChildProcess, execFile, spawn } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { parse, parseAllDocuments } from "yaml";
import { isRecord } from "../../gateways/authorizer/problems.ts";
import {
  AUDIENCE,
  createSigningKey,
  goodClaims,
  ISSUER,
  type JwksServer,
  signToken,
  startJwksServer,
} from "../gateways/support/issuer.ts";
import { type StandIn, startStandIn } from "../gateways/support/stripe-stand-in.ts";
import { type BuiltImage, buildInFolder } from "./support/containerfile.ts";
import { findFreePort } from "./support/start-process.ts";

/** examples/authorizer-service: what runs the service in production, each file judged by the program that it is for. */
const root = join(import.meta.dirname, "../..");
const folder = join(root, "examples/authorizer-service");
const read = (name: string): string => readFileSync(join(folder, name), "utf8");
const run = promisify(execFile);
const directory = mkdtempSync(join(tmpdir(), "authorizer-service-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Where it is not installed the test is left out; in CI it is. */
const withProgram = (path: string) => (existsSync(path) || process.env.REQUIRE_ALL_GATEWAYS === "1" ? test : test.skip);
const PROMTOOL = "/usr/bin/promtool";
const SYSTEMD = "/usr/bin/systemd-analyze";

describe("the systemd unit", () => {
  withProgram(SYSTEMD)("is one that systemd has nothing to say about", async () => {
    const { stdout, stderr } = await run(SYSTEMD, ["verify", join(folder, "authorizer.service")]);
    // What it does not know it says, and ends with 0.
    expect(stdout + stderr).toBe("");
  });

  test("starts node itself, which gets the signals", () => {
    const [, command = ""] = /^ExecStart=(.*)$/m.exec(read("authorizer.service")) ?? [];
    const entrypoint = /^ENTRYPOINT (.*)$/m.exec(read("Containerfile"))?.[1] ?? "[]";
    expect(command).toBe(`/usr/bin/env ${(JSON.parse(entrypoint) as string[]).join(" ")}`);
  });
});

describe("the Containerfile, its steps carried out in an empty folder", () => {
  const key = createSigningKey("key-1");
  let image: BuiltImage;
  let jwks: JwksServer;
  let stripe: StandIn;
  let service: ChildProcess | undefined;
  let url = "";

  beforeAll(async () => {
    [jwks, stripe] = await Promise.all([startJwksServer([key]), startStandIn()]);
    Object.assign(stripe.lists, {
      "/v1/products": [{ id: "prod_reports", name: "get:reports" }],
      "/v1/subscriptions": [
        {
          id: "sub_1",
          customer: "cus_1",
          status: "active",
          items: { has_more: false, data: [{ id: "si_1", price: { product: "prod_reports" } }] },
        },
      ],
    });
    chmodSync(directory, 0o755);
    image = await buildInFolder(read("Containerfile"), root, directory);
    const port = await findFreePort();
    const [command = "", ...args] = image.entrypoint;
    service = spawn(command, args, {
      cwd: image.directory,
      env: {
        PATH: process.env.PATH,
        ...image.environment,
        AUTHORIZER_HOST: "127.0.0.1",
        AUTHORIZER_PORT: String(port),
        AUTH0_ISSUER: ISSUER,
        AUTH0_JWKS_URL: jwks.url,
        API_IDENTIFIER: AUDIENCE,
        STRIPE_GATEWAY_KEY: "rk_test_container",
        STRIPE_API_URL: stripe.url,
      },
      stdio: ["ignore", "pipe", "inherit"],
      // As in the image; only root can be another.
      ...(process.getuid?.() === 0 && { uid: image.user, gid: image.user }),
    });
    await new Promise((resolve, reject) => {
      service?.stdout?.once("data", resolve);
      service?.once("exit", (code) => reject(new Error(`It ended with ${code}.`)));
    });
    url = `http://127.0.0.1:${port}`;
  }, 120_000);
  afterAll(async () => {
    service?.kill("SIGKILL");
    await Promise.all([jwks?.close(), stripe?.close()]);
  });

  const ask = async (customer: string): Promise<number> => {
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      ...goodClaims,
      iat: now - 10,
      exp: now + 600,
      scope: "get:reports",
      [`${AUDIENCE}stripe_customer_id`]: customer,
    };
    const headers = { authorization: `Bearer ${signToken(key, claims)}`, connection: "close" };
    return (await fetch(`${url}/ext-authz/reports`, { headers })).status;
  };

  test("serve what the Kubernetes probes ask for", async () => {
    const [stateful] = documents();
    const text = JSON.stringify(stateful);
    const paths = [...text.matchAll(/"httpGet":\{"path":"([^"]*)"/g)].map(([, path]) => path);
    expect(paths).toEqual(["/readyz", "/healthz"]);
    for (const path of paths) expect((await fetch(`${url}${path}`)).status).toBe(200);
    // The volume is where it counts.
    const [, volume = ""] = /"mountPath":"([^"]*)"/.exec(text) ?? [];
    expect(read("Containerfile")).toContain(`ENV METERING_DIRECTORY=${volume}/`);
  });

  withProgram(PROMTOOL)(
    "have every metric that the rules and the dashboard name, under names that Prometheus likes",
    async () => {
      expect([await ask("cus_1"), await ask("cus_none")]).toEqual([200, 402]);
      const metrics = await (await fetch(`${url}/metrics`)).text();
      const samples = metrics.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
      const names = new Set(samples.map((line) => /^\w+/.exec(line)?.[0]));
      const asked = [
        ...`${read("prometheus-rules.yaml")}${read("grafana-dashboard.json")}`.matchAll(/\bauthorizer_\w+/g),
      ];
      expect(asked.length).toBeGreaterThanOrEqual(20);
      expect(asked.map(([name]) => name).filter((name) => !names.has(name))).toEqual([]);
      // Nothing personal becomes a label: no user, no customer, no path.
      const labels = new Set([...metrics.matchAll(/[{,](\w+)="/g)].map(([, label]) => label));
      expect([...labels].sort()).toEqual(["code", "le", "status"]);
      for (const secret of ["cus_1", "auth0|", "rk_test", "/reports"]) expect(metrics).not.toContain(secret);
      const linting = spawn(PROMTOOL, ["check", "metrics"], { stdio: ["pipe", "pipe", "pipe"] });
      let said = "";
      for (const stream of [linting.stdout, linting.stderr]) stream.on("data", (chunk) => (said += String(chunk)));
      linting.stdin.end(metrics);
      const code = await new Promise((resolve) => linting.once("close", resolve));
      expect([said, code]).toEqual(["", 0]);
    },
  );

  test("end on SIGTERM with 0, when what was counted is sent", async () => {
    const before = stripe.sums.get("cus_1 get_reports") ?? 0;
    for (let count = 0; count < 3; count += 1) expect(await ask("cus_1")).toBe(200);
    const ended = new Promise((resolve) => service?.once("exit", resolve));
    service?.kill("SIGTERM");
    expect(await ended).toBe(0);
    expect((stripe.sums.get("cus_1 get_reports") ?? 0) - before).toBeGreaterThanOrEqual(3);
  });
});

const documents = (): readonly Record<string, unknown>[] =>
  parseAllDocuments(read("kubernetes.yaml")).map((document) => document.toJS() as Record<string, unknown>);

describe("the Kubernetes objects", () => {
  const modules = join(import.meta.dirname, "kubernetes");
  const isHere = existsSync(join(modules, "node_modules"));
  const withSchema = isHere || process.env.REQUIRE_ALL_GATEWAYS === "1" ? test : test.skip;
  const require = createRequire(join(modules, "package.json"));
  const validate = ({ apiVersion, kind, ...rest }: Record<string, unknown>): void => {
    const { [String(kind)]: Model } = require(`kubernetes-models/${apiVersion}/${kind}`);
    new Model({ apiVersion, kind, ...rest }).validate();
  };

  withSchema("are what their schemas say", () => {
    const kinds = documents().map(({ kind }) => kind);
    expect(kinds).toEqual(["StatefulSet", "Service", "Service", "NetworkPolicy"]);
    for (const document of documents()) expect(() => validate(document)).not.toThrow();
  });

  withSchema("would not be, with a member of another type or without one that there must be", () => {
    const [stateful = {}] = documents();
    const spec = isRecord(stateful.spec) ? stateful.spec : {};
    expect(() => validate({ ...stateful, spec: { ...spec, replicas: "one" } })).toThrow();
    expect(() => validate({ ...stateful, spec: { ...spec, selector: undefined } })).toThrow();
  });

  test("have a volume for each pod, which no two pods mount", () => {
    const [stateful] = documents();
    const claim = { spec: { accessModes: ["ReadWriteOncePod"] } };
    expect(stateful).toMatchObject({ spec: { volumeClaimTemplates: [claim] } });
  });
});

describe("the rules for Prometheus", () => {
  withProgram(PROMTOOL)("are good ones, and fire when they must", async () => {
    const copy = join(directory, "rules");
    cpSync(folder, copy, { recursive: true });
    await expect(run(PROMTOOL, ["check", "rules", "prometheus-rules.yaml"], { cwd: copy })).resolves.toBeDefined();
    const { stdout } = await run(PROMTOOL, ["test", "rules", "prometheus-rules.test.yaml"], { cwd: copy });
    expect(stdout).toContain("SUCCESS");
  });

  test("have each alert tried, and say what to do", () => {
    const { groups } = parse(read("prometheus-rules.yaml")) as {
      groups: { rules: { alert?: string; annotations?: { summary?: string } }[] }[];
    };
    const alerts = groups.flatMap(({ rules }) => rules).flatMap((rule) => (rule.alert === undefined ? [] : [rule]));
    expect(alerts.length).toBeGreaterThan(5);
    const tried = read("prometheus-rules.test.yaml");
    for (const { alert = "", annotations } of alerts) {
      expect(tried).toContain(alert);
      expect(annotations?.summary).toMatch(/\S/);
    }
  });
});
