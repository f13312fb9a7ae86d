import { type BuildOptions, type BuildResult, build, stop } from "esbuild";

/** How many need esbuild's process now. */
let users = 0;

/** esbuild's own `build`, counted for {@link stopIdleCompiler}. */
export async function runBuild<Options extends BuildOptions>(options: Options): Promise<BuildResult<Options>> {
  const release = holdCompiler();
  try {
    return await build<Options>(options as never);
  } finally {
    release();
  }
}

/** Keeps esbuild's process until what this returns is called: for whoever builds again and again, and does not wait for it to start. */
export function holdCompiler(): () => void {
  users += 1;
  return () => {
    users -= 1;
  };
}

/**
 * Ends esbuild's process, of some 25 MB, where nobody needs it: at a deploy's peak, when all is bundled, another process loads the
 * bundles. The next build starts it anew.
 */
export async function stopIdleCompiler(): Promise<void> {
  if (users === 0) await stop();
}
