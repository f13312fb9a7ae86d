import { join } from "node:path";
import { runBuild, stopIdleCompiler } from "../compiler.ts";
import type { BundleToLoad, LoadedBundle } from "./messages.ts";
import { LOAD_TIMEOUT_MS, type LoadRun, type RunLoading } from "./run-loading.ts";

/**
 * Loads every bundle as the platform will, in a process of its own: code of an Action, and of the packages that it uses, may
 * end the process, block it, or look for what the deploying one knows.
 *
 * One process serves for all, which costs a build 50 ms. Only when it does not end as it should has each bundle one of its
 * own, so that the right one is named.
 */
export async function loadBundles(
  directory: string,
  bundles: readonly BundleToLoad[],
  run: RunLoading,
): Promise<readonly LoadedBundle[]> {
  if (bundles.length === 0) return [];
  program ??= compileChild();
  const code = await program;
  await stopIdleCompiler();
  const load = (some: readonly BundleToLoad[]): Promise<LoadRun> =>
    run(code, { directory, timeout: LOAD_TIMEOUT_MS, bundles: some });
  const together = await load(bundles);
  if (together.ending.kind === "idle" && together.bundles.length === bundles.length) return together.bundles;
  const results: LoadedBundle[] = [];
  for (const bundle of bundles) results.push(judge(bundles.length === 1 ? together : await load([bundle])));
  return results;
}

/** What was seen while the body ran says more than what came after. */
function judge({ bundles, ending }: LoadRun): LoadedBundle {
  const [loaded] = bundles;
  if (loaded !== undefined && loaded.kind !== "loaded") return loaded;
  switch (ending.kind) {
    case "idle":
      return loaded ?? { kind: "ended", how: "without a word" };
    case "threw later":
      return { kind: "threw", message: ending.message };
    default:
      return ending;
  }
}

let program: Promise<string> | undefined;

/** Plain JavaScript with `loadAll` as a global, for a process that has no loader and may read no source. */
async function compileChild(): Promise<string> {
  const { outputFiles } = await runBuild({
    entryPoints: [join(import.meta.dirname, "child.ts")],
    bundle: true,
    platform: "node",
    format: "iife",
    globalName: "loading",
    target: "node20",
    write: false,
  });
  return outputFiles[0]?.text ?? "";
}
