import { foldLines, TERMINAL_WIDTH } from "./wrap.ts";

/** What is written to a terminal is folded at blanks, where the terminal would break words; a log and a pipe get lines as they are. */
export function foldStream(stream: Pick<NodeJS.WriteStream, "columns" | "isTTY" | "write">): void {
  if (!stream.isTTY) return;
  const write = stream.write.bind(stream) as (...args: readonly unknown[]) => boolean;
  stream.write = (chunk: string | Uint8Array, ...rest: readonly unknown[]) =>
    write(typeof chunk === "string" ? foldLines(chunk, stream.columns || TERMINAL_WIDTH) : chunk, ...rest);
}
