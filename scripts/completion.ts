import { EXIT } from "./command.ts";
import type { Invocation } from "./commands.ts";
import { listCandidates } from "./completion/candidates.ts";
import { renderBash } from "./completion/render-bash.ts";
import { renderFish } from "./completion/render-fish.ts";
import { renderZsh } from "./completion/render-zsh.ts";

const SHELLS = new Map([
  ["bash", renderBash],
  ["zsh", renderZsh],
  ["fish", renderFish],
]);

export async function run({ word, commands }: Invocation<"completion">): Promise<number> {
  console.log(SHELLS.get(word)?.(listCandidates(commands)));
  return EXIT.success;
}
