/** What became of something that is done for each of several environments, where one's failure is not the others'. */
export type Attempt<T> = Succeeded<T> | Failed;

interface Succeeded<T> {
  readonly kind: "succeeded";
  /** The environment's. */
  readonly name: string;
  readonly value: T;
}

export interface Failed {
  readonly kind: "failed";
  readonly name: string;
  readonly error: unknown;
  /** The tenant's, where it is known. */
  readonly domain?: string | undefined;
}

export async function attempt<T>(name: string, work: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { kind: "succeeded", name, value: await work() };
  } catch (error) {
    return { kind: "failed", name, error };
  }
}

/** The next step, for what has not failed yet. */
export async function goOn<T, R>(before: Attempt<T>, work: (value: T) => Promise<R>): Promise<Attempt<R>> {
  return before.kind === "failed" ? before : attempt(before.name, () => work(before.value));
}
