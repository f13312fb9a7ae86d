import { fork } from "node:child_process";
import { once } from "node:events";

/** What a server process of the benchmark says about itself when it is ready. */
export interface ServerFacts {
  /** `https://localhost:4433`, no slash at the end. */
  readonly origin: string;
  /** PEM */
  readonly ca: string;
  /** Path and JSON body of a request for a token by client credentials. */
  readonly tokenRequest: { readonly path: string; readonly body: Readonly<Record<string, string>> };
  /** For logins, where the server can do them. */
  readonly login?: { readonly clientId: string; readonly callback: string; readonly audience: string };
  /** What runs at a login there, in order. */
  readonly actions?: readonly string[];
}

/** Questions that every server process answers; `signings`: that many with its own key, nothing else. */
export type Question =
  | { readonly ask: "cpu" }
  | { readonly ask: "sign"; readonly count: number }
  | { readonly ask: "stripe requests" }
  | { readonly ask: "action times" }
  /** The last login of the console, that many times more. */
  | { readonly ask: "record logins"; readonly count: number };

export interface Server {
  readonly facts: ServerFacts;
  /** Of the process with all its threads, since its start: microseconds. */
  readCpu(): Promise<number>;
  ask<T>(question: Question): Promise<T>;
  close(): Promise<void>;
}

/** Starts a server in a process of its own: what it costs is then its own processor time, not that of the load. */
export async function startServer(
  file: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Server> {
  // A loader is for TypeScript; a plain file is spared it.
  const execArgv = file.endsWith(".ts") ? process.execArgv : [];
  const child = fork(file, args, { env: environment, execArgv, stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const failed = once(child, "exit").then(([code]) => {
    throw new Error(`${file} ended (${code}) instead of answering.`);
  });
  failed.catch(() => {});
  const receive = async <T>(): Promise<T> => {
    const [message] = (await Promise.race([once(child, "message"), failed])) as [T];
    return message;
  };
  const ask = <T>(question: Question): Promise<T> => {
    const answer = receive<T>();
    child.send(question);
    return answer;
  };
  return {
    facts: await receive<ServerFacts>(),
    readCpu: () => ask<number>({ ask: "cpu" }),
    ask,
    async close() {
      if (child.exitCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/** The other side of it, in the server process. */
export function answerQuestions(facts: ServerFacts, answers: (question: Question) => unknown): void {
  process.on("message", async (question: Question) => {
    const { user, system } = process.cpuUsage();
    process.send?.((await (question.ask === "cpu" ? user + system : answers(question))) ?? null);
  });
  process.once("disconnect", () => process.exit()).once("SIGTERM", () => process.exit());
  process.send?.(facts);
}
