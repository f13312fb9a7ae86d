import type { PostLoginContext } from "./context.ts";
import type { Entity } from "./effects.ts";
import type { EntityChanges } from "./transaction.ts";

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
  /** Where the event shows it; undefined if there is no such session or token. */
  getHolder: () => { metadata?: Record<string, unknown> } | undefined;
  changes: EntityChanges;
  /** Whether metadata can be set for one that this login has yet to create. */
  mayComeFirst: boolean;
  /** Why the method cannot be called, if it cannot. */
  findObstacle: (method: string) => string | undefined;
}

/** The three metadata methods of sessions and refresh tokens. A change is made only if all of it is valid. */
export const createEntityMetadata = (
  { effects }: PostLoginContext,
  { changes, entity, findObstacle, getHolder, mayComeFirst }: EntityMetadataOptions,
) => {
  const readEntries = () => {
    const holder = getHolder();
    if (holder === undefined && !mayComeFirst) return undefined;
    const metadata = changes.metadata ?? holder?.metadata ?? {};
    return new Map(Object.entries(metadata).map(([key, value]) => [key, String(value)]));
  };
  const write = (entries: ReadonlyMap<string, string>) => {
    const metadata = Object.fromEntries(entries);
    const holder = getHolder();
    if (holder) holder.metadata = { ...metadata };
    changes.metadata = metadata;
    effects.push({ type: "set-entity-metadata", entity, metadata: { ...metadata } });
  };
  const checkCallable = (method: string) => {
    const obstacle = findObstacle(method);
    if (obstacle !== undefined) throw new Error(obstacle);
  };
  /** What is wrong with the change; if nothing is, it has been made. */
  const change = (key: unknown, value: unknown): string | undefined => {
    const obstacle = findObstacle("setMetadata");
    if (obstacle !== undefined) return obstacle;
    const entries = readEntries();
    if (entries === undefined) return `Cannot set metadata on a ${entity} that does not exist.`;
    if (typeof key !== "string") return "Invalid metadata: Metadata key must be a string";
    if (value === null) {
      if (entries.delete(key)) write(entries);
      return undefined;
    }
    if (typeof value !== "string") return "Invalid metadata: Metadata value must be a string";
    const problem = findProblem(entries.set(key, value));
    if (problem !== undefined) return `Invalid metadata: ${problem}`;
    write(entries);
    return undefined;
  };
  return {
    setMetadata(key: string, value: string | null) {
      const problem = change(key, value);
      if (problem !== undefined) throw new Error(`Failed to set ${entity} metadata: ${problem}`);
    },
    deleteMetadata(key: string) {
      checkCallable("deleteMetadata");
      const entries = readEntries();
      if (entries?.delete(key)) write(entries);
    },
    evictMetadata() {
      checkCallable("evictMetadata");
      if (readEntries() !== undefined) write(new Map());
    },
  };
};
