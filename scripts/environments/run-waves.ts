/** At once within a wave: each has its own rate limit, but a process of the Deploy CLI takes up to 160 MB. */
const CONCURRENCY = 4;

interface WaveOptions<T> {
  readonly waves: readonly (readonly T[])[];
  /** Whether all went right. Never rejects. */
  readonly begin: (item: T) => Promise<boolean>;
  /** Somebody wants it to end. */
  readonly isInterrupted: () => boolean;
}

/**
 * Wave after wave; of a wave a few at once. After the first that does not go right no other is begun; those that run come to their
 * own end. Resolves when all of them have.
 */
export async function runWaves<T>({ waves, begin, isInterrupted }: WaveOptions<T>): Promise<void> {
  let isRight = true;
  const mayBegin = () => isRight && !isInterrupted();
  for (const wave of waves) {
    const open = [...wave];
    const work = async (): Promise<void> => {
      for (let item = open.shift(); item !== undefined && mayBegin(); item = open.shift()) {
        if (!(await begin(item))) isRight = false;
      }
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, work));
  }
}
