import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { build, version } from "esbuild";

const ACTIONS = resolve(import.meta.dirname, "..");
const NETWORK = resolve(import.meta.dirname, "../../../network");

/**
 * The two entries of the hosting process as plain CommonJS, in a directory named after the content of their sources: made once,
 * then started without a compiler in the way.
 */
export async function ensureRuntimeBundle(directory: string): Promise<string> {
  const bundled = join(directory, hashSources());
  if (existsSync(bundled)) return bundled;
  const fresh = mkdtempSync(`${bundled}.`);
  const { metafile } = await build({
    entryPoints: ["host", "worker"].map((name) => join(import.meta.dirname, `${name}.ts`)),
    outdir: fresh,
    outExtension: { ".js": ".cjs" },
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    define: { "import.meta.dirname": "__dirname" },
    logLevel: "silent",
    absWorkingDir: import.meta.dirname,
    metafile: true,
  });
  checkHashed(Object.keys(metafile.inputs).map((file) => resolve(import.meta.dirname, file)));
  try {
    renameSync(fresh, bundled);
  } catch (error) {
    // Another process was first: what it has made is the same.
    rmSync(fresh, { recursive: true, force: true });
    if (!existsSync(bundled)) throw error;
  }
  return bundled;
}

/** A source from elsewhere could change without a new bundle being made. */
function checkHashed(files: readonly string[]): void {
  const stray = files.find((file) => !file.startsWith(ACTIONS) && !file.startsWith(NETWORK));
  if (stray !== undefined)
    throw new Error(`The runtime of the Actions must not import ${stray}: move it, or hash it too.`);
}

function hashSources(): string {
  const hash = createHash("sha256").update(version).update(process.version);
  for (const root of [ACTIONS, NETWORK]) {
    const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
    for (const file of files.sort()) hash.update(file).update(readFileSync(join(root, file)));
  }
  return hash.digest("hex").slice(0, 16);
}
