import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { DEFAULT_ACTIONS_SETTINGS } from "../local/auth0/actions/settings.ts";
import { CREATE_KEY_URL } from "../scripts/deploy/checks/stripe-key.ts";
import { KEYS_TO_MAKE, renderKeyLink } from "../scripts/stripe/restricted-keys.ts";

const root = join(import.meta.dirname, "..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const pages = [
  "README.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  ...readdirSync(join(root, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];
const project = JSON.parse(read("package.json")) as Readonly<
  Record<"scripts" | "dependencies" | "devDependencies", Readonly<Record<string, string>>>
>;

const sources = ["actions", "gateways", "local", "scripts", "bench"]
  .flatMap((area) =>
    readdirSync(join(root, area), { recursive: true, encoding: "utf8" }).map((name) => `${area}/${name}`),
  )
  .filter((path) => /\.(?:ts|mjs)$/.test(path))
  .concat("tenant.yaml", ".env.example")
  .map(read)
  .join("\n");

/** Made of the name of a backend, in an example. */
const OF_AN_EXAMPLE = new Set(["REPORTS_CLIENT_ID", "REPORTS_CLIENT_SECRET"]);
/** Of an Action that a reader of docs/actions.md makes. */
const OWN_TESTS = /^test\/actions\/greet-people\//;
/** npm's own, which no package.json needs to name. */
const BUILT_IN = new Set(["ci", "install", "test"]);

describe("the documents", () => {
  test.each(pages)("%s names no command that package.json does not have", (page) => {
    const named = [...read(page).matchAll(/npm run (?:--silent )?([a-z][\w:-]*)/g)].map(([, name = ""]) => name);
    expect(named.filter((name) => !BUILT_IN.has(name) && !Object.hasOwn(project.scripts, name))).toEqual([]);
  });

  test("make the Stripe key that the commands ask for, with all that its Actions need", () => {
    const links = pages.flatMap((page) => [
      ...read(page).matchAll(/https:\/\/dashboard\.stripe\.com\/apikeys\/create[^>)\s]*/g),
    ]);
    expect(links.map(([link]) => link)).toEqual([CREATE_KEY_URL]);
    expect(new URL(CREATE_KEY_URL).searchParams.getAll("permissions[]").sort()).toEqual([
      "rak_customer_write",
      "rak_product_read",
      "rak_subscription_read",
    ]);
  });

  test.each(pages)("%s links to nothing that is not there", (page) => {
    const links = [...read(page).matchAll(/\]\(([^)#\s]+)/g)].map(([, link = ""]) => link);
    const files = links.filter((link) => !/^[a-z]+:/.test(link));
    expect(files.filter((link) => !existsSync(join(root, dirname(page), link)))).toEqual([]);
  });

  test.each(pages)("every file of the tool's that %s names is there", (page) => {
    const named = [
      ...read(page).matchAll(/\b(?:bench|gateways|local|scripts|test|types)\/[\w./-]+\.(?:json|mjs|ts)\b/g),
    ];
    expect(
      named.map(([path]) => path).filter((path) => !existsSync(join(root, path)) && !OWN_TESTS.test(path)),
    ).toEqual([]);
  });

  test("every command of package.json is in one of them", () => {
    const text = pages.map(read).join("\n");
    const ofTheTrade = ["test", "lint", "format", "types"];
    const names = Object.keys(project.scripts).filter((name) => !ofTheTrade.includes(name));
    expect(names.filter((name) => !new RegExp(`npm run (?:--silent )?${name}\\b`).test(text))).toEqual([]);
  });

  test("docs/architecture.md has a word on every folder, and none on one that is gone", () => {
    const text = read("docs/architecture.md");
    const areas = ["actions", "types", "scripts", "local", "gateways", "examples", "bench", "test"];
    const parents = ["scripts", "local", "local/auth0", "gateways"];
    const listFolders = (parent: string): string[] =>
      readdirSync(join(root, parent), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => `${parent}/${name}`);
    const folders = [...areas, ...parents.flatMap(listFolders)].filter((folder) => folder !== "local/auth0");
    expect(folders.filter((folder) => !text.includes(`\`${folder}/`))).toEqual([]);
    const named = [...text.matchAll(/`((?:actions|types|scripts|local|gateways|examples|bench|test)\/[\w./-]*)`/g)];
    expect(named.map(([, path = ""]) => path).filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  test("every package has its line in docs/dependencies.md, and no line is about one that is gone", () => {
    const rows = [...read("docs/dependencies.md").matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name);
    const packages = Object.keys({ ...project.dependencies, ...project.devDependencies });
    expect(rows.sort()).toEqual(packages.sort());
  });

  test.each(pages)("%s names no variable and no error code that no source has", (page) => {
    const named = [...read(page).matchAll(/`(?:--env )?\[?([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\b/g)].map(
      ([, name = ""]) => name,
    );
    expect([...new Set(named)].filter((name) => !sources.includes(name) && !OF_AN_EXAMPLE.has(name))).toEqual([]);
  });

  test("every setting of the Actions runtime is explained in docs/local-tenant.md", () => {
    const page = read("docs/local-tenant.md");
    expect(Object.keys(DEFAULT_ACTIONS_SETTINGS).filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });

  test("a link to Stripe's page for a new key asks for what that key's users need, as npm run stripe:catalogue does", () => {
    const links = pages.flatMap((page) =>
      [...read(page).matchAll(/https:\/\/dashboard\.stripe\.com\/apikeys\/create[^\s>)]*/g)].map(([link]) => link),
    );
    expect(links.map((link) => new URL(link).searchParams.getAll("permissions[]"))).toEqual([
      ["rak_customer_write", "rak_subscription_read", "rak_product_read"],
    ]);
    expect(links.filter((link) => !KEYS_TO_MAKE.some((key) => renderKeyLink(key) === link))).toEqual([]);
  });

  test("README stays a page that can be read in one go", () => {
    expect(read("README.md").split("\n").length).toBeLessThan(250);
  });
});
