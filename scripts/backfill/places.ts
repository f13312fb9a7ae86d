/** So many at once, for one caller. */
export interface Places {
  /** Resolves when one is free. */
  free(): Promise<void>;
  /** Until the work has ended, well or not. */
  occupy(work: Promise<unknown>): Promise<void>;
  /** Resolves when all are free. */
  empty(): Promise<void>;
}

export function createPlaces(count: number): Places {
  let taken = 0;
  let wake = (): void => {};
  const waitFor = async (isGood: () => boolean): Promise<void> => {
    while (!isGood()) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return {
    free: () => waitFor(() => taken < count),
    async occupy(work) {
      taken += 1;
      try {
        await work;
      } finally {
        taken -= 1;
        wake();
      }
    },
    empty: () => waitFor(() => taken === 0),
  };
}
