import { CommandError } from "../command.ts";

/** What was found of one thing. */
export interface Diagnosis {
  /** The thing: `Node`, `port 4433`. */
  readonly check: string;
  /** `unknown`: not looked at, and the message says why. A warning keeps nothing from working. */
  readonly status: "right" | "warning" | "wrong" | "unknown";
  /** What it is and, unless it is right, what to do. Without a secret's value. */
  readonly message: string;
}

/** What is right of a thing, with what the next checks need of it. */
interface Right<T> {
  readonly message: string;
  readonly found: T;
}

/** A thing that is right, or why it is wrong: a foreseen failure's message and code. Everything else is our bug, and thrown. */
export async function diagnose<T>(
  check: string,
  look: () => Promise<Right<T>>,
): Promise<{ readonly diagnosis: Diagnosis; readonly found?: T }> {
  try {
    const { message, found } = await look();
    return { diagnosis: { check, status: "right", message }, found };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return { diagnosis: { check, status: "wrong", message: `${error.message} [${error.code}]` } };
  }
}
