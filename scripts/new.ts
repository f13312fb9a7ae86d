import { EXIT } from "./command.ts";
import type { Invocation } from "./commands.ts";
import { makeAction } from "./new/make-action.ts";
import { renderMade } from "./new/render-made.ts";

export async function run({ options, word, directory }: Invocation<"new">): Promise<number> {
  const made = await makeAction(directory, word, options.trigger ?? "post-login");
  console.log(options.json ? JSON.stringify({ version: 1, ...made }, undefined, 2) : renderMade(made));
  return EXIT.success;
}
