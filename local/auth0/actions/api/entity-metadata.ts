import type { Entity } from "./effects.ts";

const MAX_KEYS = 25;
const MAX_LENGTH = 255;

const findProblem = (metadata: ReadonlyMap<string, string>): string | undefined => {
  if (metadata.size > MAX_KEYS) return `Metadata must not contain more than ${MAX_KEYS} entries`;
  for (const [key, value] of metadata) {
    if (key.length > MAX_LENGTH) return `All metadata keys must be at most ${MAX_LENGTH} characters long`;
    if (key.includes("\0")) return "Metadata keys must not contain null bytes (\0)";
    if (!/^[a-zA-Z0-9_-]+$/.test(key)) {
      return "Metadata keys may only include letters, numbers, underscores, or hyphens";
    }
    if (value.length > MAX_LENGTH) return `All metadata values must be at most ${MAX_LENGTH} characters long`;
    if (value.includes("\0")) return "Metadata values must not contain null bytes (\0)";
  }
  return undefined;
};

export interface EntityMetadataOptions {
  entity: Entity;
  /** The metadata so far; undefined if there is nothing to attach it to. */
  read: () => Record<string, unknown> | undefined;
  write: (metadata: Record<string, string>) => void;
  /** @throws {Error} where the entity takes no changes */
  checkChangeable: (method: string) => void;
}

/** The three metadata methods of sessions and refresh tokens. A change is written only if all of it is valid. */
export const createEntityMetadata = ({ entity, read, write, checkChangeable }: EntityMetadataOptions) => {
  const readEntries = () => {
    const metadata = read();
    return metadata && new Map(Object.entries(metadata).map(([key, value]) => [key, String(value)]));
  };
  const change = (key: unknown, value: unknown) => {
    checkChangeable("setMetadata");
    const metadata = readEntries();
    if (metadata === undefined) throw new Error(`Cannot set metadata on a ${entity} that does not exist.`);
    if (typeof key !== "string") throw new Error("Invalid metadata: Metadata key must be a string");
    if (value === null) {
      if (metadata.delete(key)) write(Object.fromEntries(metadata));
      return;
    }
    if (typeof value !== "string") throw new Error("Invalid metadata: Metadata value must be a string");
    const problem = findProblem(metadata.set(key, value));
    if (problem !== undefined) throw new Error(`Invalid metadata: ${problem}`);
    write(Object.fromEntries(metadata));
  };
  return {
    setMetadata(key: string, value: string | null) {
      try {
        change(key, value);
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        throw new Error(`Failed to set ${entity} metadata: ${message}`, { cause: error });
      }
    },
    deleteMetadata(key: string) {
      checkChangeable("deleteMetadata");
      const metadata = readEntries();
      if (metadata?.delete(key)) write(Object.fromEntries(metadata));
    },
    evictMetadata() {
      checkChangeable("evictMetadata");
      if (readEntries() !== undefined) write({});
    },
  };
};
