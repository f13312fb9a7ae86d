import { Console } from "node:console";
import { findWatched } from "./watched-work.ts";

const CUT = "\n[output cut]";

/** What one execution of one Action prints. After `settle` nothing is added: Auth0 reads the buffer once. */
export class Output {
  readonly #maxBytes: number;
  #console: Console | undefined;
  #text = "";
  #bytes = 0;
  #isOpen = true;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Made when it is asked for: most Actions print nothing, and a Console takes longer to make than they run. */
  get console(): Console {
    const stream = { write: (text: string) => this.write(text) };
    // Console asks no more of a stream than this, though its types do.
    this.#console ??= new Console({ stdout: stream as unknown as NodeJS.WriteStream, ignoreErrors: false });
    return this.#console;
  }

  write(text: string): boolean {
    if (!this.#isOpen) return true;
    const bytes = Buffer.from(text);
    const room = this.#maxBytes - this.#bytes;
    if (bytes.length <= room) {
      this.#text += text;
      this.#bytes += bytes.length;
    } else {
      // A character that the limit cuts in two goes as well.
      this.#text +=
        bytes
          .subarray(0, room)
          .toString()
          .replace(/\uFFFD$/, "") + CUT;
      this.#isOpen = false;
    }
    return true;
  }

  settle(): string {
    this.#isOpen = false;
    return this.#text;
  }
}

/** For `process.stdout`. Outside an execution nobody listens. */
export function writeToCurrentOutput(text: string): boolean {
  return findWatched()?.output.write(text) ?? true;
}

/** One console for all Actions of a thread: each call goes to the execution that it was made in. */
export function createRoutedConsole(): Console {
  const methods = Object.entries(console).filter(([, member]) => typeof member === "function");
  const routed = methods.map(([name]) => [
    name,
    (...args: unknown[]): unknown => {
      const target = findWatched()?.output.console;
      const method: unknown = target === undefined ? undefined : Reflect.get(target, name);
      return typeof method === "function" ? Reflect.apply(method, target, args) : undefined;
    },
  ]);
  return Object.fromEntries(routed) as unknown as Console;
}
