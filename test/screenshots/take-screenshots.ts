import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { listFacts } from "./facts.ts";
import { type Picture, tellStory } from "./tell-story.ts";

/** `npm run screenshots`: the pictures of README and docs/, light and dark, with their words beside them. */
const folder = join(import.meta.dirname, "../../docs/pictures");
const facts: Record<string, readonly string[]> = {};

async function take({ name, page, text }: Picture): Promise<void> {
  facts[name] = listFacts(text);
  const session = await page.context().newCDPSession(page);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: 80 });
    writeFileSync(join(folder, `${name}-${colorScheme}.webp`), Buffer.from(data, "base64"));
  }
  await session.detach();
}

mkdirSync(folder, { recursive: true });
await tellStory({ tenant: 4433, spa: 3000, authorizer: 4455 }, take);
writeFileSync(join(folder, "facts.json"), `${JSON.stringify(facts, undefined, 2)}\n`);
