/** One allowed request, as it stands in the journal. */
export interface Count {
  readonly customer: string;
  readonly meter: string;
  readonly value: number;
  /** Seconds since the epoch. */
  readonly at: number;
}

/** A line of the journal, with its end. */
export function renderCount({ customer, meter, value, at }: Count): string {
  return `${JSON.stringify([at, customer, meter, value])}\n`;
}

export interface Counts {
  readonly counts: readonly Count[];
  /** Lines in the middle that cannot be read: a disk fault. */
  readonly damaged: number;
}

/** A last line without its end was never finished: its request was not answered as allowed, and does not count. */
export function parseCounts(text: string): Counts {
  const lines = text
    .slice(0, text.lastIndexOf("\n") + 1)
    .split("\n")
    .slice(0, -1);
  const counts = lines.flatMap((line) => parseCount(line) ?? []);
  return { counts, damaged: lines.length - counts.length };
}

function parseCount(line: string): Count | undefined {
  try {
    const fields: unknown = JSON.parse(line);
    if (!Array.isArray(fields)) return undefined;
    const [at, customer, meter, value] = fields as unknown[];
    return Number.isSafeInteger(at) && typeof customer === "string" && typeof meter === "string" && isCountable(value)
      ? { at: Number(at), customer, meter, value }
      : undefined;
  } catch {
    return undefined;
  }
}

const isCountable = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) > 0;
