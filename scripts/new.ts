import { EXIT } from "./command.ts";
import type { Invocation } from "./commands.ts";
import { makeAction } from "./new/make-action.ts";
import { renderMade } from "./new/render-made.ts";

export async function run({ options, word, directory }: Invocation<"new">): Promise<number> {
  console.log(renderMade(await makeAction(directory, word, options.trigger ?? "post-login")));
  return EXIT.success;
}
