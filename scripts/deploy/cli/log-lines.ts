import { stripVTControlCharacters } from "node:util";

export interface LogLine {
  readonly level: "info" | "warn" | "error" | "debug";
  readonly text: string;
}

/** `2026-11-21T17:40:18.157Z - info: Created [roles]: {...}`, as the Deploy CLI's logger writes it. */
const entry = /^\S+Z - (info|warn|error|debug): (.*)$/;

/**
 * Turns the Deploy CLI's output, in chunks of any size, into entries a line. Lines that continue an entry keep its level;
 * what did not come from its logger (a warning of Node's, a crash) counts as an error or warning of `level`.
 */
export function createLineReader(level: LogLine["level"], receive: (line: LogLine) => void) {
  let pending = "";
  let current = level;
  const take = (raw: string): void => {
    const text = stripVTControlCharacters(raw).trimEnd();
    const match = entry.exec(text);
    if (match) current = (match[1] ?? level) as LogLine["level"];
    const message = match ? (match[2] ?? "") : text;
    if (message.trim() !== "") receive({ level: current, text: message });
  };
  return {
    push(chunk: string): void {
      const lines = `${pending}${chunk}`.split("\n");
      pending = lines.pop() ?? "";
      for (const line of lines) take(line);
    },
    end(): void {
      if (pending !== "") take(pending);
      pending = "";
    },
  };
}
