import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";

type CliReading =
  | { readonly assets: Record<string, unknown> }
  /** What it says of a file that it does not take. */
  | { readonly failure: string };

export interface CliReader {
  read(file: string, directory: string, mappings: Readonly<Record<string, unknown>>): Promise<CliReading>;
  close(): void;
}

export function startCliReader(): CliReader {
  const child: ChildProcess = fork(join(import.meta.dirname, "read-as-cli.cjs"), {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const waiting = new Map<number, (reading: CliReading) => void>();
  child.on("message", (message: CliReading & { id: number }) => {
    waiting.get(message.id)?.(message);
    waiting.delete(message.id);
  });
  let last = 0;
  return {
    read: (file, directory, mappings) =>
      new Promise((resolve) => {
        waiting.set(++last, resolve);
        child.send({ id: last, file, directory, mappings });
      }),
    close: () => child.disconnect(),
  };
}
