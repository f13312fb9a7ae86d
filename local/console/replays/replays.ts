import type { LiveAction } from "../../auth0/actions/pipeline/bound-actions.ts";
import type { RunResult } from "../../auth0/actions/runtime/protocol.ts";
import type { SeenRun } from "../runs/recorder.ts";
import { ConsoleError } from "../serving/page.ts";
import { CHECKOUT } from "./choose-code.ts";

export interface Replay {
  readonly id: number;
  readonly login: SeenRun;
  /** As they ran again. */
  readonly actions: readonly LiveAction[];
  readonly result: RunResult;
}

export interface Replays {
  add(replay: Omit<Replay, "id">): Replay;
  /** @throws {ConsoleError} REPLAY_NOT_KEPT */
  get(id: string): Replay;
}

export const isOfCheckout = ({ bound }: LiveAction): boolean => bound.versionId.startsWith(`${CHECKOUT}-`);

export const isAllOfCheckout = ({ actions }: Pick<Replay, "actions">): boolean => actions.every(isOfCheckout);

const KEPT_REPLAYS = 50;

export function createReplays(): Replays {
  const replays = new Map<number, Replay>();
  let last = 0;
  return {
    add(made) {
      last += 1;
      const replay = { ...made, id: last };
      replays.set(last, replay);
      replays.delete(last - KEPT_REPLAYS);
      return replay;
    },
    get(id) {
      const replay = replays.get(Number(id));
      if (replay !== undefined) return replay;
      const message = `There is no replay ${id}: the last ${KEPT_REPLAYS} since the tenant was started are kept.`;
      throw new ConsoleError(404, "REPLAY_NOT_KEPT", message);
    },
  };
}
