import type { Option } from "../terminal/options.ts";
import type { Description } from "../terminal/usage.ts";

export const PROGRAM = "auth0-stripe-actions";

/** What stands behind an option: nothing, the name of an environment, a file or a folder, or what nobody can guess. */
type Value = "none" | "environment" | "file" | "other";

export interface OptionCandidate {
  readonly name: string;
  readonly value: Value;
  readonly isRepeated: boolean;
  readonly help: string;
}

export interface CommandCandidate {
  readonly name: string;
  readonly help: string;
  readonly options: readonly OptionCandidate[];
  /** The words that it takes one of. */
  readonly words: readonly string[];
}

/** Of all commands, and of the options that stand alone. */
export function listCandidates(commands: ReadonlyMap<string, Description>): readonly CommandCandidate[] {
  const help = toCandidate("help", { help: "say how it is called" });
  const listed = [...commands].map(([name, { summary, options, word }]) => ({
    name,
    help: summary,
    options: [...Object.entries(options).map(([option, spec]) => toCandidate(option, spec)), help],
    words: word?.choices ?? [],
  }));
  const alone = [
    { name: "--help", help: "list the commands" },
    { name: "--version", help: "say which version this is" },
  ].map((option) => ({ ...option, options: [], words: [] }));
  return [...listed, ...alone];
}

function toCandidate(name: string, { takes, multiple, help }: Option): OptionCandidate {
  return { name, value: classify(name, takes), isRepeated: multiple === true, help: help.replaceAll(/\s+/g, " ") };
}

function classify(name: string, takes: string | undefined): Value {
  if (takes === undefined) return "none";
  if (name === "env" || name === "wave") return "environment";
  return takes === "<path>" || takes === "<directory>" ? "file" : "other";
}

/** Prints the names of the environments in the folder that the shell is in. */
export const LIST_ENVIRONMENTS = "ls environments 2>/dev/null | sed -n -e 's/[.]env$//p' -e 's/[.]yaml$//p' | sort -u";

/** A text as one word, to all three shells. */
export const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
