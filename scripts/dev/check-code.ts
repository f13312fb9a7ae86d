import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants, setPriority } from "node:os";
import { join } from "node:path";

/** What a compiler and the tests of the saved Actions say, after they are live. */
export interface CodeCheck {
  /** Begins anew. */
  start(changed: ReadonlySet<string>): void;
  /** Ends the check that is under way without a word. */
  stop(): void;
}

/** Milliseconds after a save in which a next one would end the check again: of saves close together the last is checked. */
const PAUSE = 400;

interface Ended {
  readonly code: number | null;
  readonly text: string;
}

/**
 * Runs TypeScript over the project, and jest over the tests of the Actions that were saved, side by side: neither holds back what is
 * live.
 *
 * @param onResult a line if all is well, else the first of what is said
 */
export function createCodeCheck(directory: string, onResult: (text: string, isRight: boolean) => void): CodeCheck {
  let running: readonly ChildProcess[] = [];
  let timer: NodeJS.Timeout | undefined;
  const stop = (): void => {
    clearTimeout(timer);
    for (const child of running) endGroup(child);
    running = [];
  };
  function check(changed: ReadonlySet<string>): void {
    const started = performance.now();
    const commands = listCommands(directory, changed);
    const mine = commands.map(({ file, args }) =>
      giveWay(spawn(file, args, { cwd: directory, stdio: ["ignore", "pipe", "pipe"], detached: true })),
    );
    running = mine;
    Promise.all(mine.map(collect)).then((ends) => {
      if (running !== mine) return;
      running = [];
      const wrong = ends.flatMap(({ code, text }, index) =>
        code === 0 ? [] : [`${commands[index]?.name}:\n${firstLines(text)}`],
      );
      const seconds = `${((performance.now() - started) / 1000).toFixed(1)} s`;
      if (wrong.length > 0) onResult(wrong.join("\n"), false);
      else if (commands.length > 0)
        onResult(`${commands.map(({ name }) => name).join(" and ")} right, ${seconds}`, true);
    });
  }
  return {
    stop,
    start(changed) {
      stop();
      timer = setTimeout(() => check(changed), PAUSE);
    },
  };
}

const LINES = 12;

const firstLines = (text: string): string =>
  text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .slice(0, LINES)
    .map((line) => `  ${line}`)
    .join("\n");

function listCommands(directory: string, changed: ReadonlySet<string>) {
  const folders = new Set([...changed].flatMap((file) => /^actions\/([^/]+)\//.exec(file)?.[1] ?? []));
  // What several share concerns the tests of all.
  const tests = [...folders].map((folder) => (folder === "shared" ? "test/actions" : `test/actions/${folder}`));
  const present = tests.filter((path) => existsSync(join(directory, path)));
  const program = (name: string): string => join(directory, "node_modules/.bin", name);
  const incremental = ["--incremental", "--tsBuildInfoFile", ".local/cache/dev.tsbuildinfo"];
  const tsc = { name: "types", file: program("tsc"), args: ["--noEmit", "--pretty", "false", ...incremental] };
  const jest = { name: `tests in ${present.join(", ")}`, file: program("jest"), args: ["--silent", ...present] };
  return [...(existsSync(join(directory, "tsconfig.json")) ? [tsc] : []), ...(present.length > 0 ? [jest] : [])].filter(
    ({ file }) => existsSync(file),
  );
}

/** The next save is to be live before this ends. What the process starts has its priority. */
function giveWay(child: ChildProcess): ChildProcess {
  try {
    if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
  } catch {
    // It has ended a moment ago.
  }
  return child;
}

/** Its children too: TypeScript's command starts the compiler, and jest its workers. */
function endGroup({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid === undefined || exitCode !== null || signalCode !== null) return;
  try {
    process.kill(-pid, "SIGTERM");
  } catch {
    // It has ended a moment ago.
  }
}

function collect(child: ChildProcess): Promise<Ended> {
  return new Promise((resolve) => {
    let text = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (part: string) => {
        text += part;
      });
    }
    child.once("error", (error) => resolve({ code: null, text: error.message }));
    child.once("close", (code) => resolve({ code, text }));
  });
}
