import { checkInput } from "./check-input.ts";
import type { PostLoginContext } from "./context.ts";
import type { Entity, ExpiryName } from "./effects.ts";
import type { EntityChanges } from "./transaction.ts";

const MAX_KEYS = 25;
const MAX_LENGTH = 255;

function findProblem(metadata: ReadonlyMap<string, string>): string | undefined {
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
}

export interface EntityOptions {
  /** What the event shows of it; undefined if there is no such session or token. */
  readonly findShown: () => { metadata?: Record<string, unknown> } | undefined;
  readonly changes: EntityChanges;
  /** Whether metadata can be set for one that this login has yet to create. */
  readonly mayComeFirst: boolean;
  /** Why the method cannot be called, if it cannot. */
  readonly findObstacle: (method: string) => string | undefined;
}

/** The methods that sessions and refresh tokens have in common. A change is made only if all of it is valid. */
export const entityApi = (entity: Entity) =>
  class {
    readonly #effects: PostLoginContext["effects"];
    readonly #options: EntityOptions;

    constructor({ effects }: PostLoginContext, options: EntityOptions) {
      this.#effects = effects;
      this.#options = options;
    }

    setExpiresAt(at: number): void {
      this.#shorten("setExpiresAt", "expiresAt", "absolute", at);
    }

    setIdleExpiresAt(at: number): void {
      this.#shorten("setIdleExpiresAt", "idleExpiresAt", "inactivity", at);
    }

    setMetadata(key: string, value: string | null): void {
      try {
        this.#checkCallable("setMetadata");
        this.#change(key, value);
      } catch (error) {
        // Auth0's own catches whatever went wrong.
        throw new Error(`Failed to set ${entity} metadata: ${error instanceof Error ? error.message : String(error)}`);
      }
    }

    deleteMetadata(key: string): void {
      this.#checkCallable("deleteMetadata");
      const entries = this.#readEntries();
      if (entries?.delete(key)) this.#write(entries);
    }

    evictMetadata(): void {
      this.#checkCallable("evictMetadata");
      if (this.#readEntries() !== undefined) this.#write(new Map());
    }

    /** Milliseconds since the epoch. Of several calls the earliest wins: a life can only be shortened. */
    #shorten(method: string, which: ExpiryName, argument: string, at: number): void {
      this.#checkCallable(method);
      if (!at) throw new Error("Either inactivity or absolute expiration time must be provided");
      checkInput({ type: "object", properties: { [argument]: { type: "number" } } }, { [argument]: at });
      const { changes } = this.#options;
      changes[which] = Math.min(changes[which] ?? at, at);
      this.#effects.push({ type: "set-expiry", entity, which, at });
    }

    #change(key: unknown, value: unknown): void {
      const entries = this.#readEntries();
      if (entries === undefined) throw new Error(`Cannot set metadata on a ${entity} that does not exist.`);
      if (typeof key !== "string") throw new Error("Invalid metadata: Metadata key must be a string");
      if (value === null) {
        if (entries.delete(key)) this.#write(entries);
        return;
      }
      if (typeof value !== "string") throw new Error("Invalid metadata: Metadata value must be a string");
      const problem = findProblem(entries.set(key, value));
      if (problem !== undefined) throw new Error(`Invalid metadata: ${problem}`);
      this.#write(entries);
    }

    #checkCallable(method: string): void {
      const obstacle = this.#options.findObstacle(method);
      if (obstacle !== undefined) throw new Error(obstacle);
    }

    #readEntries(): Map<string, string> | undefined {
      const { changes, findShown, mayComeFirst } = this.#options;
      const shown = findShown();
      if (shown === undefined && !mayComeFirst) return undefined;
      const metadata = changes.metadata ?? shown?.metadata ?? {};
      return new Map(Object.entries(metadata).map(([key, value]) => [key, String(value)]));
    }

    #write(entries: ReadonlyMap<string, string>): void {
      const { changes, findShown } = this.#options;
      const metadata = Object.fromEntries(entries);
      const shown = findShown();
      if (shown) shown.metadata = { ...metadata };
      changes.metadata = metadata;
      this.#effects.push({ type: "set-entity-metadata", entity, metadata: { ...metadata } });
    }
  };
