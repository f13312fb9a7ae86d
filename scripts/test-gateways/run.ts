import { spawn } from "node:child_process";

interface RunOptions {
  readonly cwd: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether its output goes to the terminal; else the last of it is handed back. */
  readonly shown?: boolean;
  readonly minutes: number;
}

/** A program, to its end. Never rejects: one that cannot be started has code 127. */
export function run(
  command: string,
  args: readonly string[],
  { cwd, environment, shown = false, minutes }: RunOptions,
): Promise<{ readonly code: number; readonly output: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...environment },
      stdio: shown ? "inherit" : ["ignore", "pipe", "pipe"],
      timeout: minutes * 60_000,
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding("utf8").on("data", (chunk: string) => {
        output = (output + chunk).slice(-4_000);
      });
    child.once("error", ({ message }) => resolve({ code: 127, output: message }));
    child.once("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

/** The last line that says something. */
export const lastLine = (output: string): string => output.trim().split("\n").at(-1)?.trim() ?? "";
