import { spawn } from "node:child_process";
import type { AddressInfo } from "node:net";
import { connect, createServer } from "node:net";

export interface RunningProcess {
  /** Ends it by its id: politely, then for good after 5 s. */
  stop(): Promise<void>;
  readonly output: () => string;
}

interface StartOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Started once something listens there. */
  readonly port: number;
}

const LONGEST_START_MS = 30_000;

/** A program that serves on a port of the loopback interface. @throws {Error} with its last words when it ends before it does */
export async function startProcess(
  command: string,
  args: readonly string[],
  { cwd, env, port }: StartOptions,
): Promise<RunningProcess> {
  const child = spawn(command, args, {
    cwd,
    // Nothing of a proxy in this process's environment: Express Gateway would send requests to the backend through it.
    env: { PATH: process.env.PATH, HOME: cwd, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      output = (output + chunk).slice(-20_000);
    });
  let hasEnded = false;
  const ended = new Promise<void>((resolve) => {
    const settle = (): void => {
      hasEnded = true;
      resolve();
    };
    child.once("close", settle);
    child.once("error", (error) => {
      output += error.message;
      settle();
    });
  });
  const running: RunningProcess = {
    output: () => output,
    async stop() {
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), 5_000);
      await ended;
      clearTimeout(timer);
    },
  };
  const deadline = Date.now() + LONGEST_START_MS;
  while (!(await isListening(port))) {
    if (hasEnded || Date.now() > deadline) {
      await running.stop();
      throw new Error(`${command} does not listen on ${port}:\n${output}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return running;
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port });
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

/** Free a moment ago: these programs cannot choose one themselves and say which. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
