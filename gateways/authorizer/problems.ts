/** Settings or a file that cannot be used. The message names every problem and its place. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
  readonly code = "GATEWAY_CONFIGURATION";
  readonly problems: readonly string[];

  constructor(file: string, problems: readonly string[]) {
    super([`${file} cannot be used:`, ...problems.map((problem) => `  ${problem}`)].join("\n"));
    this.problems = problems;
  }
}

/** Collects what is wrong, so that all of it is said at once. */
export class Problems {
  readonly #file: string;
  readonly #found: string[] = [];

  constructor(file: string) {
    this.#file = file;
  }

  add(place: string, message: string): undefined {
    this.#found.push(`${place}: ${message}`);
  }

  /** What another one collected, places and all. */
  addAll(found: readonly string[]): undefined {
    this.#found.push(...found);
  }

  toError(): ConfigurationError {
    return new ConfigurationError(this.#file, this.#found);
  }

  throwIfAny(): void {
    if (this.#found.length > 0) throw this.toError();
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
