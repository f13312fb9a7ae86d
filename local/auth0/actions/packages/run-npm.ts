import { spawn } from "node:child_process";

export type NpmAnswer =
  | { readonly kind: "done"; readonly output: string }
  /** `code`: npm's own, `E404`. */
  | { readonly kind: "failed"; readonly code: string };

/** Of npm's own waiting for a registry. */
const LONGEST_MS = 5 * 60_000;

/** npm as its user has set it up: its registry, cache and proxies are those of .npmrc and the environment. */
export function runNpm(
  args: readonly string[],
  { cwd, signal }: { readonly cwd: string; readonly signal: AbortSignal },
): Promise<NpmAnswer> {
  return new Promise((resolve) => {
    // Two tries and not npm's minutes: whoever is offline wants to know.
    const child = spawn("npm", [...args, "--json", "--fetch-retries=1", "--fetch-retry-mintimeout=500"], {
      cwd,
      env: process.env,
      signal: AbortSignal.any([signal, AbortSignal.timeout(LONGEST_MS)]),
      killSignal: "SIGKILL",
      stdio: ["ignore", "pipe", "ignore"],
      // On Windows npm is a script of the shell.
      shell: process.platform === "win32",
    });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    child.once("error", (error: NodeJS.ErrnoException) => {
      resolve({ kind: "failed", code: error.code === "ENOENT" ? "there is no npm" : (error.code ?? error.name) });
    });
    child.once("close", (code) => {
      resolve(
        code === 0 ? { kind: "done", output } : { kind: "failed", code: readCode(output) ?? `exit code ${code}` },
      );
    });
  });
}

function readCode(output: string): string | undefined {
  try {
    const answer = JSON.parse(output) as { readonly error?: { readonly code?: unknown } } | null;
    const code = answer?.error?.code;
    return typeof code === "string" ? code : undefined;
  } catch {
    return undefined;
  }
}
