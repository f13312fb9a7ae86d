import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import {
  CORS_PAGE,
  type GatewayFolder,
  type GatewayModel,
  type GatewayRoute,
  type RenderedFile,
} from "../model/gateway-model.ts";
import { sortBySpecificity } from "../model/route-pattern.ts";
import { warnOfCredentials, warnOfIdentifier, warnOfIssuers, warnOfOrigins } from "../model/warn.ts";
import { planBuiltInPolicies } from "./built-in-policies.ts";
import { planMetadata } from "./metadata.ts";
import { encodeWord } from "./path-condition.ts";
import { planPluginPolicies } from "./plugin-policies.ts";
import { escapeName, nameRoutes } from "./route-names.ts";

const EXPRESS_GATEWAY_VERSION = "1.16.11";

const template = (name: string): string => readFileSync(join(import.meta.dirname, "files", name), "utf8");

const UNMAINTAINED =
  "Express Gateway has had no release since 2020 and its maintainers have said that none will come: keep it off the " +
  "public network, and move to the forward-auth service behind NGINX or Caddy, or to the Express middleware";

/** Asks the core, in the gateway's own process: keys by JWKS, scopes, subscriptions, metering. */
export function renderExpressGateway(model: GatewayModel, plugin: readonly RenderedFile[]): GatewayFolder {
  return {
    name: "express-gateway",
    files: [
      ...renderCommonFiles(model, `plugins:\n  auth0-authorizer:\n    package: \${GATEWAY_PLUGIN}`),
      ...plugin,
      renderGatewayConfig(model, planPluginPolicies),
      {
        path: "server.js",
        text: `process.env.GATEWAY_PLUGIN = require("node:path").join(__dirname, "plugin");\n${START_GATEWAY}\n`,
      },
    ],
    warnings: listCommonWarnings(model),
  };
}

const listCommonWarnings = (model: GatewayModel): readonly string[] => [
  UNMAINTAINED,
  ...warnOfCredentials(model),
  ...warnOfIdentifier(model),
  ...warnOfIssuers(model),
  ...warnOfOrigins(model),
];

/** Without any code of ours: the policies that come with it, as far as they go. */
export function renderBuiltInExpressGateway(model: GatewayModel): GatewayFolder {
  const isPaid = model.routes.some(({ paid }) => paid.length > 0);
  return {
    name: "express-gateway-built-in",
    files: [
      ...renderCommonFiles(model, "plugins: {}"),
      renderGatewayConfig(model, planBuiltInPolicies),
      { path: "fetch-key.js", text: template("fetch-key.js") },
      { path: "issuer.json", text: `${JSON.stringify({ pem: `${model.issuer}pem` }, undefined, 2)}\n` },
      { path: "server.js", text: `require("./fetch-key.js")().then(() => {\n${indent(START_GATEWAY)}\n});\n` },
    ],
    warnings: [
      ...listCommonWarnings(model),
      "It holds one key, read at start: restart it when the tenant's key is rotated, or every token is refused",
      "Clocks may not differ at all: a token that has just expired, or is to be valid from now on, is refused",
      ...(isPaid && model.paidScopes === "authorizer"
        ? ["It cannot ask whether a scope is paid for, so routes that cost money answer 402 to everybody"]
        : []),
    ],
  };
}

const START_GATEWAY = 'require("express-gateway")().load(require("node:path").join(__dirname, "config")).run();';
const indent = (text: string): string => text.replace(/^/gm, "  ");

function renderCommonFiles({ port }: GatewayModel, plugins: string): readonly RenderedFile[] {
  const manifest = {
    private: true,
    scripts: { start: "node server.js" },
    dependencies: { "express-gateway": EXPRESS_GATEWAY_VERSION },
  };
  return [
    { path: "package.json", text: `${JSON.stringify(manifest, undefined, 2)}\n` },
    { path: "README.md", text: template("README.md").replaceAll("{{port}}", String(port)) },
    { path: "config/system.config.yml", text: template("system.config.yml").replace("plugins: {}", () => plugins) },
    // Express Gateway does not start without these three, though nothing here uses its own users.
    ...["users", "applications", "credentials"].map((name) => ({
      path: `config/models/${name}.json`,
      text: `${JSON.stringify({ $id: `http://express-gateway.io/models/${name}.json`, type: "object", properties: {} }, undefined, 2)}\n`,
    })),
  ];
}

/** No route's name begins so. */
const METADATA = "oauth-protected-resource";

type Policy = Readonly<Record<string, readonly object[]>>;
export type PlanPolicies = (route: GatewayRoute, model: GatewayModel) => readonly Policy[];

function renderGatewayConfig(model: GatewayModel, planPolicies: PlanPolicies): RenderedFile {
  const backends = new Map(model.routes.map(({ backend }) => [backend.name, backend]));
  const cors: readonly Policy[] = model.origins.length === 0 ? [] : [{ cors: [{ action: planCors(model) }] }];
  // Its router takes the first that matches.
  const routes = sortBySpecificity(model.routes);
  const named = [...nameRoutes(routes)];
  const metadata = planMetadata(model);
  const pipelines: (readonly [string, { apiEndpoints: readonly string[]; policies: readonly Policy[] }])[] = [
    ...(metadata ? [[METADATA, { apiEndpoints: [METADATA], policies: metadata.policies }] as const] : []),
    ...named.map(([route, name]) => {
      const policies = [...cors, ...planPolicies(route, model), planProxy(route)];
      return [name, { apiEndpoints: [name], policies }] as const;
    }),
  ];
  const used = new Set(pipelines.flatMap(([, { policies }]) => policies.flatMap((policy) => Object.keys(policy))));
  const configuration = {
    http: { port: model.port, hostname: "127.0.0.1" },
    apiEndpoints: Object.fromEntries([
      ...(metadata ? [[METADATA, metadata.endpoint]] : []),
      ...named.map(([route, name]) => [name, planEndpoint(route, model)]),
    ]),
    serviceEndpoints: Object.fromEntries([...backends.values()].map(({ name, url }) => [escapeName(name), { url }])),
    policies: [...used].sort(),
    pipelines: Object.fromEntries(pipelines),
  };
  const head = "# Made by npm run gateways: change tenant.yaml, routes.yaml or stripe.json instead.\n";
  return { path: "config/gateway.config.yml", text: head + stringify(configuration, { lineWidth: 120 }) };
}

function planEndpoint(route: GatewayRoute, { origins }: GatewayModel) {
  return {
    host: "*",
    paths: [renderPath(route)],
    // Without OPTIONS among them Express answers a preflight itself, and says nothing about origins.
    methods: [route.method, ...(origins.length > 0 ? ["OPTIONS"] : [])],
  };
}

const planCors = ({ origins, routes }: GatewayModel) => ({
  origin: origins,
  methods: [...new Set(routes.map(({ method }) => method))].sort(),
  allowedHeaders: [...CORS_PAGE.sends],
  exposedHeaders: [...CORS_PAGE.reads],
  maxAge: 3600,
});

const planProxy = ({ backend }: GatewayRoute): Policy => ({
  proxy: [{ action: { serviceEndpoint: escapeName(backend.name), changeOrigin: true } }],
});

/** Of Express 4's router: `:name` is one segment, `*` is anything; what else it gives a meaning stands for itself in brackets. */
function renderPath({ segments }: GatewayRoute): string {
  const parts = segments.map((segment, index) => {
    if (segment.kind === "literal") return encodeWord(segment.written).replace(/[:+$()]/g, "[$&]");
    return segment.kind === "rest" ? "*" : `:p${index}`;
  });
  return `/${parts.join("/")}`;
}
