import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, test } from "@jest/globals";

const root = join(import.meta.dirname, "..");
const AREAS = ["actions", "bench", "examples", "gateways", "local", "scripts", "types"];

const IMPORT_OF =
  /^(?:import|export)\s+(?<onlyTypes>type\s+)?(?:[\w$*\s{},]+\sfrom\s+)?"(?<named>[^"\n]+)"|\bimport\(\s*"(?<later>[^"\n]+)"\s*\)/gm;

interface Import {
  readonly from: string;
  /** A path from the root for what is ours; a specifier for everything else. */
  readonly to: string;
  /** Whether anything is left of it when it runs: a value, or the module's effect. */
  readonly isValue: boolean;
}

const files = AREAS.flatMap((area) => listSources(join(root, area)));
const imports = files.flatMap(readImports);

function listSources(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return listSources(path);
    return /\.(?:ts|mjs|js)$/.test(entry.name) ? [relative(root, path)] : [];
  });
}

function readImports(from: string): Import[] {
  const source = readFileSync(join(root, from), "utf8");
  return [...source.matchAll(IMPORT_OF)].map(({ groups }) => {
    const to = groups?.named ?? groups?.later ?? "";
    return { from, to: to.startsWith(".") ? join(dirname(from), to) : to, isValue: groups?.onlyTypes === undefined };
  });
}

/** Types count as well: who needs another's types knows of it. */
function listBreaches(area: RegExp, allowed: readonly RegExp[]): string[] {
  return imports
    .filter(({ from, to }) => area.test(from) && !allowed.some((pattern) => pattern.test(to)))
    .map(({ from, to }) => `${from} imports ${to}`);
}

const BUILT_IN = /^node:/;
const SHARED_BY_LOCAL_SERVICES = /^local\/(?:clock\.ts$|http\/|network\/|state\/)/;
const EVENT_TYPES = /^(?:@auth0\/actions\/|types\/)/;

test.each<[rule: string, area: RegExp, allowed: RegExp[]]>([
  [
    "what runs inside Auth0 knows nothing but itself, Stripe's SDK and Auth0's types",
    /^actions\//,
    [/^actions\//, BUILT_IN, /^stripe$/, /^tenant:(?:grants|billing)$/, /^@auth0\/actions\//],
  ],
  ["the authorizer knows nothing but itself", /^gateways\/authorizer\//, [/^gateways\/authorizer\//, BUILT_IN]],
  [
    "usage is counted for decisions of the authorizer, whoever bills it",
    /^gateways\/metering\//,
    [/^gateways\/(?:metering|authorizer)\//, BUILT_IN],
  ],
  [
    "gateways know neither Actions, nor commands, nor the local tenant",
    /^gateways\/(?!(?:webhooks|user-events|redis|management|verify-email|billing-portal)\/)/,
    [/^gateways\//, BUILT_IN, /^(?:stripe|hono|yaml|esbuild)(?:\/|$)/, /^@hono\//, /^gateway:configuration$/],
  ],
  [
    "what nodes share goes through Redis' own client, and through nothing else",
    /^gateways\/redis\//,
    [/^gateways\/(?:redis|authorizer)\//, BUILT_IN, /^@redis\/client$/],
  ],
  [
    "what answers Stripe's webhooks shares with Actions the form of what it leaves for them, and no more",
    /^gateways\/webhooks\//,
    [/^gateways\//, /^actions\/shared\//, BUILT_IN, /^(?:stripe|hono|auth0)(?:\/|$)/, /^@hono\//],
  ],
  [
    "what answers Auth0's user events shares with Actions the form of ids and addresses, and no more",
    /^gateways\/user-events\//,
    [
      /^gateways\//,
      /^actions\/(?:shared\/|sync-stripe-customer\/email\.ts$)/,
      BUILT_IN,
      /^(?:stripe|hono|auth0)(?:\/|$)/,
    ],
  ],
  [
    "the Management API is reached through Auth0's SDK, and that through nothing else",
    /^gateways\/management\//,
    [/^gateways\/management\//, /^auth0$/],
  ],
  [
    "the billing portal makes customers by the rules of sync-stripe-customer, and knows no other Action",
    /^gateways\/billing-portal\//,
    [
      /^gateways\//,
      /^actions\/(?:shared|sync-stripe-customer)\//,
      BUILT_IN,
      /^(?:hono|jose|auth0|openid-client|stripe)(?:\/|$)/,
    ],
  ],
  [
    "the verification page knows the session token of the Action, and the Action not at all",
    /^gateways\/verify-email\//,
    [/^gateways\/(?!billing-portal\/)/, BUILT_IN, /^(?:hono|jose|auth0)(?:\/|$)/],
  ],
  [
    "the local tenant knows no Stripe, and no Action but as a bundle",
    /^local\/auth0\//,
    [
      /^local\/auth0\//,
      SHARED_BY_LOCAL_SERVICES,
      EVENT_TYPES,
      BUILT_IN,
      /^(?:hono|jose|esbuild|password-sheriff|z-schema)(?:\/|$)/,
      /^@hono\//,
    ],
  ],
  [
    "the local Stripe knows no tenant",
    /^local\/stripe\//,
    [/^local\/stripe\//, SHARED_BY_LOCAL_SERVICES, BUILT_IN, /^(?:stripe|hono)(?:\/|$)/, /^@hono\//],
  ],
  [
    "the console shows what tenant and Stripe say; of gateways it knows the decision, and whose form a form is",
    /^local\/console\//,
    [
      /^local\//,
      /^gateways\/(?:authorizer\/|pages\/is-from-elsewhere\.ts$)/,
      EVENT_TYPES,
      BUILT_IN,
      /^(?:hono(?:\/|$)|(?:diff|jose)$)/,
    ],
  ],
  [
    "what the local services share knows neither of them",
    /^local\/(?:clock\.ts$|http\/|network\/|state\/)/,
    [SHARED_BY_LOCAL_SERVICES, BUILT_IN, /^hono(?:\/|$)/, /^@hono\//, /^@peculiar\/x509$/, /^reflect-metadata$/],
  ],
  ["commands know no test and no measurement", /^scripts\//, [/^(?!(?:test|bench|examples)\/)/]],
])("%s", (_rule, area, allowed) => {
  expect(listBreaches(area, allowed)).toEqual([]);
});

/**
 * Where two things in one folder need each other. A thing is a file of the folder, or a folder in it with all that is
 * beneath: a file beside folders (a table of them, or what they share) is not taken for one of them.
 */
function listKnots(all: readonly Import[]): string[] {
  const parents = all.flatMap(({ from }) => from.split("/").map((_, depth, parts) => parts.slice(0, depth).join("/")));
  return [...new Set(parents)].flatMap((folder) => listKnotsIn(folder === "" ? "" : `${folder}/`, all));
}

function listKnotsIn(folder: string, all: readonly Import[]): string[] {
  const entryOf = (path: string): string => path.slice(folder.length).split("/")[0] ?? "";
  const needs = new Map<string, Set<string>>();
  for (const { from, to, isValue } of all) {
    if (!isValue || !from.startsWith(folder) || !to.startsWith(folder)) continue;
    const taker = entryOf(from);
    needs.set(taker, (needs.get(taker) ?? new Set()).add(entryOf(to)));
  }
  const reach = new Map([...needs.keys()].map((entry) => [entry, listReachable(needs, entry)]));
  const knots = [...reach].map(([entry, reached]) =>
    [entry, ...[...reached].filter((other) => other !== entry && reach.get(other)?.has(entry))].sort(),
  );
  return [...new Set(knots.filter((knot) => knot.length > 1).map((knot) => `${folder}: ${knot.join(", ")}`))];
}

function listReachable(needs: ReadonlyMap<string, ReadonlySet<string>>, start: string): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [...(needs.get(start) ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    open.push(...(needs.get(next) ?? []));
  }
  return reached;
}

test("in every folder, values flow one way between its files and folders", () => {
  expect(listKnots(imports)).toEqual([]);
});

describe("of made-up imports", () => {
  const value = (from: string, to: string): Import => ({ from, to, isValue: true });
  test.each<[what: string, made: Import[], knots: string[]]>([
    ["two files that need each other", [value("a/x.ts", "a/y.ts"), value("a/y.ts", "a/x.ts")], ["a/: x.ts, y.ts"]],
    [
      "two folders that need each other by different files",
      [value("a/b/x.ts", "a/c/y.ts"), value("a/c/d/z.ts", "a/b/w.ts")],
      ["a/: b, c"],
    ],
    ["three in a ring", ["ab", "bc", "ca"].map(([x, y]) => value(`${x}/1.ts`, `${y}/2.ts`)), [": a, b, c"]],
    ["a table beside its rows", [value("a/table.ts", "a/rows/x.ts"), value("a/rows/x.ts", "a/row.ts")], []],
    ["a type against the direction", [value("a/x.ts", "b/y.ts"), { from: "b/y.ts", to: "a/x.ts", isValue: false }], []],
  ])("%s", (_what, made, knots) => {
    expect(listKnots(made)).toEqual(knots);
  });
});

test("a user is written in one file, and passwords in local/auth0/users and nowhere else", () => {
  const listWriters = (writes: RegExp): string[] =>
    files.filter((file) => /^local\/auth0\//.test(file) && writes.test(readFileSync(join(root, file), "utf8")));
  expect(listWriters(/\busers\.(?:set|delete\w*)\(/)).toEqual(["local/auth0/users/write-users.ts"]);
  const passwords = listWriters(/\bpasswords\.(?:set|delete\w*)\(/);
  expect(new Set(passwords.map(dirname))).toEqual(new Set(["local/auth0/users"]));
});

/** Where a source reaches from its own place, as a path from the root. */
function listReaches(file: string, source: string): string[] {
  const reaches = source.matchAll(/import\.meta\.(?:dirname|filename)(?:,\s*(["`])((?:(?!\1).)*)\1)?/g);
  return [...reaches].map(([, , below = ""]) => join(dirname(file), below));
}

describe("the tool takes the project's folder as a parameter: it may be installed in another project", () => {
  const isOfTheTool = (path: string): boolean => /^(?:examples|gateways|local|scripts)(?:\/|$)/.test(path);

  test("no source reaches out of the tool's own folders from its own place", () => {
    const tool = files.filter((file) => /^(?:gateways|local|scripts)\//.test(file));
    const reached = tool.flatMap((file) =>
      listReaches(file, readFileSync(join(root, file), "utf8"))
        .filter((path) => !isOfTheTool(path))
        .map((path) => `${file}: ${path}`),
    );
    // The tool's version, what is packed of it, and the folder that its sources and its cache of bundles are in.
    expect(reached).toEqual(["scripts/own-package.ts: package.json", "scripts/package.ts: .", "scripts/run.mjs: ."]);
  });

  test.each([
    ["the root", 'join(import.meta.dirname, "../..")', ["."]],
    ["a file in it", "join(import.meta.dirname, `../../tenant.yaml`)", ["tenant.yaml"]],
    ["its own folder", "createRequire(import.meta.filename)", ["scripts/deploy"]],
    ["a folder beside it", 'resolve(import.meta.dirname, "../build/child.ts")', ["scripts/build/child.ts"]],
  ])("%s is found in a source", (_what, source, reached) => {
    expect(listReaches("scripts/deploy/x.ts", source)).toEqual(reached);
  });
});

test("an Action takes from another only by way of actions/shared", () => {
  const actionOf = (path: string): string | undefined => /^actions\/([^/]+)\//.exec(path)?.[1];
  const breaches = imports.filter(({ from, to }) => {
    const [taker, giver] = [actionOf(from), actionOf(to)];
    return taker !== undefined && giver !== undefined && giver !== "shared" && giver !== taker;
  });
  expect(breaches).toEqual([]);
});

test("every import of a file of ours is understood: it leads to one that is there", () => {
  const ours = imports.filter(({ to }) => AREAS.some((area) => to.startsWith(`${area}/`)));
  const missing = ours.filter(({ to }) => !statSync(join(root, to), { throwIfNoEntry: false })?.isFile());
  expect(missing).toEqual([]);
});

test("no file with imports of its own is read as having none", () => {
  const read = new Set(imports.map(({ from }) => from));
  const unread = files.filter((file) => !read.has(file) && /^import\b/m.test(readFileSync(join(root, file), "utf8")));
  expect(unread).toEqual([]);
});

test("a rule is about files that are there, and imports that are made", () => {
  for (const area of [
    "actions/",
    "gateways/authorizer/",
    "gateways/metering/",
    "local/auth0/",
    "local/stripe/",
    "local/http/",
  ])
    expect(imports.filter(({ from }) => from.startsWith(area)).length).toBeGreaterThan(5);
});
