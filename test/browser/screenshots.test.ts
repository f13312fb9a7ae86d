import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import { chooseFreePort } from "../../scripts/dev/choose-free-port.ts";
import { listFacts } from "../screenshots/facts.ts";
import { tellStory } from "../screenshots/tell-story.ts";

/** The pictures show the program as it is: their words are those of a run today. Their pixels are nobody's promise. */
const root = join(import.meta.dirname, "../..");
const folder = join(root, "docs/pictures");
const kept = JSON.parse(readFileSync(join(folder, "facts.json"), "utf8")) as Record<string, readonly string[]>;
const names = Object.keys(kept);
const today = new Map<string, readonly string[]>();

beforeAll(async () => {
  const [spa, authorizer] = [await chooseFreePort(), await chooseFreePort()];
  await tellStory({ tenant: 0, spa, authorizer }, async ({ name, text }) => {
    today.set(name, listFacts(text));
  });
}, 120_000);

test.each(names)("%s shows what a run shows today; else: npm run screenshots", (name) => {
  expect(today.get(name)).toEqual(kept[name]);
});

test("each is there in light and dark, shown by a page, and together they are small", () => {
  const files = names.flatMap((name) => [`${name}-dark.webp`, `${name}-light.webp`]);
  expect(readdirSync(folder).sort()).toEqual([...files, "facts.json"].sort());
  const pages = ["README.md", "docs/console.md"].map((page) => readFileSync(join(root, page), "utf8")).join("");
  expect(files.filter((file) => !pages.includes(`pictures/${file}`))).toEqual([]);
  const bytes = files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
  expect(bytes).toBeLessThan(400_000);
});
