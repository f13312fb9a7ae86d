import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, test } from "@jest/globals";

const root = join(import.meta.dirname, "..");
const AREAS = [
  ".github",
  "actions",
  "bench",
  "docs",
  "environments",
  "examples",
  "gateways",
  "local",
  "scripts",
  "test",
  "types",
];
const self = relative(root, import.meta.filename);

interface Text {
  readonly path: string;
  readonly text: string;
}

function listTexts(directory: string): Text[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return entry.name === "node_modules" ? [] : listTexts(path);
    return /\.(?:ts|mjs|js|lua|md|ya?ml|html|css)$/.test(entry.name) ? [readText(path)] : [];
  });
}

function readText(path: string): Text {
  return { path: relative(root, path), text: readFileSync(path, "utf8") };
}

const PAGES = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "tenant.yaml", "routes.yaml", ".env.example"];
const texts = [
  ...PAGES.map((page) => readText(join(root, page))),
  ...AREAS.flatMap((area) => listTexts(join(root, area))),
]
  // The words that are looked for stand here.
  .filter(({ path }) => path !== self);

/** Where the pattern is found, each as `path: what was found`. */
function listFinds(pattern: RegExp, among: readonly Text[]): string[] {
  return among.flatMap(({ path, text }) => [...text.matchAll(pattern)].map(([found]) => `${path}: ${found}`));
}

/** Auth0's words, which its users know: they stand as Auth0 answers them. */
const AUTH0_SAYS = [
  "local/auth0/management/users/identities.ts: can not",
  "test/local/auth0/management/refusals.test.ts: can not",
];

test('nothing "can not" be done, wherever the line breaks', () => {
  expect(listFinds(/\bcan[\s*/#]+not\b/gi, texts)).toEqual(AUTH0_SAYS);
});

test('what is another thing "is not a" thing, and never "is no" thing', () => {
  expect(listFinds(/(?<!\bthere[\s*/#]+)\b(?:is|are) no (?!longer\b)[a-z]+/gi, texts)).toEqual([]);
});

/** Words that a newcomer stumbled over, or that meant something else elsewhere in the house. */
const retired = [
  ["ladder", "rung", "rungs", "station", "stations", "seal", "seals", "sealed"],
  ["asker", "askers", "holder", "holders", "surroundings", "circumstances", "handedsource", "notice"],
  ["knock", "patience", "patientfetch", "bury", "buried", "litter", "amend", "amends", "amended"],
  ["scenes", "holdings", "barecode", "wentback", "deploystuck", "cast"],
].flat();

/** The words of an identifier, and each with the next: `createBareCode` holds `bare`, `code` and `barecode`. */
function listWords(identifier: string): string[] {
  const words = (identifier.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g) ?? []).map((word) => word.toLowerCase());
  return [...words, ...words.slice(1).map((word, index) => `${words[index]}${word}`)];
}

function listRetired(among: readonly Text[]): string[] {
  const words = new Set(retired);
  return among.flatMap(({ path, text }) =>
    [...new Set(text.match(/[A-Za-z_$][\w$]*/g))]
      .filter((identifier) => listWords(identifier).some((word) => words.has(word)))
      .map((identifier) => `${path}: ${identifier}`),
  );
}

test("the words that were replaced do not come back", () => {
  expect(listRetired(texts.filter(({ path }) => /\.(?:ts|mjs|js)$/.test(path)))).toEqual([]);
});

describe("of a made-up text", () => {
  test.each([
    ["createPatientFetch", ["x: createPatientFetch"]],
    ["DEPLOY_WENT_BACK", ["x: DEPLOY_WENT_BACK"]],
    ["a rung of the ladder", ["x: rung", "x: ladder"]],
    ["forecast, bareName, noticeable", []],
  ])("%s: %j", (text, found) => {
    expect(listRetired([{ path: "x", text }])).toEqual(found);
  });
});

const sources = texts.filter(({ path }) => /\.(?:ts|mjs|js)$/.test(path));

test("a member that may be undefined is left out in one way: ...(x !== undefined && { x })", () => {
  expect(
    listFinds(/\.\.\.\((?:[^();]|\([^();]*\))*\?\s*\{\}\s*:|\.\.\.\([^;]*?\}\s*:\s*\{\},?\s*\)/g, sources),
  ).toEqual([]);
});

test("what a function throws is documented in one way: @throws {Type} CODE", () => {
  expect(listFinds(/@throws(?! \{\w[\w.| ]*\})[^\n]*/g, sources)).toEqual([]);
});

interface NamedFunction {
  readonly name: string;
  /** As it is written: the signature to its body, where the type of what is returned stands last. */
  readonly signature: string;
  readonly isExported: boolean;
}

/** Those of a module, not those within another. */
function listFunctions(verb: string): NamedFunction[] {
  const declared = new RegExp(
    `^(export )?(?:async )?(?:function|const) (${verb}[A-Z]\\w*)([\\s\\S]*?)(?: \\{$| =>(?! [^{]*=>))`,
    "gm",
  );
  return sources
    .filter(({ path }) => !path.startsWith("test/"))
    .flatMap(({ text }) =>
      [...text.matchAll(declared)].map(([, exported, name = "", signature = ""]) => ({
        name,
        signature: signature.trim(),
        isExported: exported !== undefined,
      })),
    );
}

/** What stands behind the parameters; without it nobody can tell what is returned. */
const returnTypeOf = ({ signature }: NamedFunction): string => /\): ([^=]+)$/.exec(signature)?.[1] ?? "";

/** Those whose type does not fit; what is exported has to say one. */
const listUnfit = (functions: readonly NamedFunction[], fits: (type: string) => boolean): NamedFunction[] =>
  functions.filter((one) => (returnTypeOf(one) === "" ? one.isExported : !fits(returnTypeOf(one))));

test("what a get* cannot find, it refuses with an error: it never returns undefined", () => {
  const functions = listFunctions("get");
  expect(functions.length).toBeGreaterThan(5);
  expect(listUnfit(functions, (type) => !/\bundefined\b/.test(type))).toEqual([]);
});

test("a find* returns undefined, or an empty list, for what is not there", () => {
  const functions = listFunctions("find");
  expect(functions.length).toBeGreaterThan(20);
  expect(listUnfit(functions, (type) => /\bundefined\b|\bunknown\b|\[\]>?$/.test(type))).toEqual([]);
});

test("a function of more than one expression is declared as one", () => {
  const assigned = /^(?:export )?const \w+ = (?:async )?(?:<[^=]*>)?\((?:[^=]|=(?![>]))*?\)(?:: [^={]+)? => \{$/gm;
  expect(
    listFinds(
      assigned,
      sources.filter(({ path }) => !path.startsWith("test/")),
    ),
  ).toEqual([]);
});

test("a constant of a module is written in capitals: MAX_BODY_BYTES", () => {
  const literal = /^(?:export )?const [a-z]\w*(?:: [^=\n]+)? = (?:["'`\d]|\/[^/*]|new (?:Set|Map)\()[^\n]*/gm;
  const found = listFinds(
    literal,
    sources.filter(({ path }) => !path.startsWith("test/")),
  );
  // Express Gateway asks for a member of this name (express-gateway.io/docs/plugins).
  expect(found).toEqual(['gateways/express-gateway/plugin/plugin.ts: export const version = "1.2.0";']);
});

/** What begins a block that is not a function's. */
const NO_FUNCTION = /^\s*(?:\} )?(?:if|for|while|switch|catch|else|try|do|finally|class|export class)\b(?!.*=> \{$)/;

/** Places of a file's functions, as Biome lays them out: the line of the brace that opens one, and of that which closes it. */
function listBodies(lines: readonly string[]): readonly (readonly [from: number, to: number])[] {
  return lines.flatMap((line, from) => {
    if (!/(?:=>|\)(?:: [^=]+)?) \{$/.test(line) || NO_FUNCTION.test(line)) return [];
    const close = `${/^\s*/.exec(line)?.[0] ?? ""}}`;
    const length = lines.slice(from + 1).findIndex((other) => other.startsWith(close));
    return length === -1 ? [] : [[from, from + 1 + length] as const];
  });
}

/** Functions of more lines than the limit, those of functions within them not counted: a module may be written as one function. */
function listLong({ path, text }: Text, limit: number): string[] {
  const lines = text.split("\n");
  const bodies = listBodies(lines);
  return bodies.flatMap(([from, to]) => {
    const within = bodies.filter(([start, end]) => from < start && end < to);
    const direct = within.filter(([start]) => !within.some(([outer, end]) => outer < start && start < end));
    const own = to - from + 1 - direct.reduce((sum, [start, end]) => sum + end - start + 1, 0);
    return own > limit ? [`${path}: ${lines[from]?.trim()}`] : [];
  });
}

/** A record as its vendor sends it, a table of calls, the wiring of many parts: each is one thing, however long. */
const LONG = [
  "bench/soak-payers/world.ts: }: WorldOptions): Promise<Findings> {",
  "local/auth0/authentication/discovery.ts: export function describeTenant",
  "local/stripe/resources/checkout-sessions.ts: export function createCheckoutSessions",
  "local/stripe/resources/event-destinations.ts: export function createEventDestinations",
  "local/stripe/resources/invoice-record.ts: export function newInvoice",
  "local/stripe/resources/meters.ts: export function createMeters",
  "local/stripe/resources/new-checkout-session.ts: export function newCheckoutSession",
  "local/stripe/resources/new-subscription.ts: export function newSubscription",
];

test("a function is read in one go: it has at most 60 lines of its own", () => {
  const long = sources.filter(({ path }) => !path.startsWith("test/")).flatMap((source) => listLong(source, 60));
  expect(long.filter((place) => !LONG.some((known) => place.startsWith(known)))).toEqual([]);
  expect(LONG.filter((known) => !long.some((place) => place.startsWith(known)))).toEqual([]);
});

describe("of a made-up function of six lines", () => {
  const SHORT = "  const b = () => {\n    c();\n  };\n";
  test.each([
    ["with all of its own", "function a() {\n  b();\n  b();\n  b();\n  b();\n}", ["x: function a() {"]],
    ["half of which are another's", `function a() {\n${SHORT}  b();\n}`, []],
    [
      "with blocks that are not functions",
      "function a() {\n  if (b) {\n    c();\n    c();\n  }\n}",
      ["x: function a() {"],
    ],
    ["whose parameters take lines", "function a(\n  b: string,\n): void {\n  c();\n  c();\n}", []],
  ])("%s", (_how, text, found) => {
    expect(listLong({ path: "x", text }, 5)).toEqual(found);
  });
});
