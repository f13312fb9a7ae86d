/** What a step throws that finds something else than what it is to take back. */
export const WRITTEN_SINCE = "somebody else has written it since";

/** One write that can be taken back. */
interface Step {
  /** `version 3 of filter-scopes`, for the list of what could not be taken back. */
  readonly what: string;
  undo(): Promise<void>;
}

export interface UndoLog {
  /** Called right before a write, which may be lost half way: what was written last is taken back first. */
  record(what: string, undo: () => Promise<void>): void;
  /** Called right after a write that nobody can take back, or whose taking back nobody could check. */
  noteIrreversible(what: string): void;
  listIrreversible(): readonly string[];
  /** What somebody else wrote over, so that it was left to them. */
  noteChangedSince(what: string): void;
  listChangedSince(): readonly string[];
  /** Takes everything back, each step whatever becomes of the others. Resolves to what could not be. */
  undoAll(): Promise<readonly string[]>;
}

/** @param checkMayWrite throws when nothing more is to be written */
export function createUndoLog(checkMayWrite: () => void): UndoLog {
  const steps: Step[] = [];
  const irreversible: string[] = [];
  const changedSince: string[] = [];
  return {
    record: (what, undo) => {
      checkMayWrite();
      steps.push({ what, undo });
    },
    noteIrreversible: (what) => {
      irreversible.push(what);
    },
    listIrreversible: () => irreversible,
    noteChangedSince: (what) => {
      changedSince.push(what);
    },
    listChangedSince: () => changedSince,
    async undoAll() {
      const left: string[] = [];
      for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
        try {
          await step.undo();
        } catch (error) {
          if (error instanceof Error && error.message === WRITTEN_SINCE) changedSince.push(step.what);
          else left.push(`${step.what} (${error instanceof Error ? error.message.split("\n")[0] : "unknown error"})`);
        }
      }
      return left;
    },
  };
}
