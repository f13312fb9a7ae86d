import { stripVTControlCharacters } from "node:util";

export interface LogLine {
  readonly level: "info" | "warn" | "error" | "debug";
  /** Without time and colours; some entries have several lines. */
  readonly text: string;
}

/** `2026-11-21T17:40:18.157Z - info: Created [roles]: {...}`, as the Deploy CLI's logger writes it. */
const START = /^\S+Z - (info|warn|error|debug): (.*)$/;

/**
 * Turns the Deploy CLI's output into log entries. Lines that continue an entry belong to it if they come with it, and have
 * its level if they come later; what is not its logger's (a warning of Node's, a crash) has `level` until an entry starts.
 */
export function createLineReader(level: LogLine["level"], receive: (line: LogLine) => void) {
  let unfinished = "";
  let current = level;
  let entry: string[] = [];
  const flush = (): void => {
    const text = entry.join("\n").trim();
    entry = [];
    if (text !== "") receive({ level: current, text });
  };
  const take = (raw: string): void => {
    const text = stripVTControlCharacters(raw).trimEnd();
    const match = START.exec(text);
    if (match === null) {
      entry.push(text);
      return;
    }
    flush();
    current = (match[1] ?? level) as LogLine["level"];
    entry.push(match[2] ?? "");
  };
  return {
    /** Chunks may be cut anywhere. The logger writes an entry at a time, so the end of the last whole line ends an entry. */
    push(chunk: string): void {
      const lines = `${unfinished}${chunk}`.split("\n");
      unfinished = lines.pop() ?? "";
      for (const line of lines) take(line);
      if (unfinished === "") flush();
    },
    end(): void {
      if (unfinished !== "") take(unfinished);
      unfinished = "";
      flush();
    },
  };
}
