import { checkHandler, type Handler } from "../handler.ts";
import type { ActionEffect, ActionFailure } from "../outcome.ts";
import type { Step } from "../triggers/step.ts";
import { triggerRuns } from "../triggers/table.ts";
import type { TriggerRun } from "../triggers/trigger-run.ts";
import { type ActionInstance, fileNameOf } from "./action-instance.ts";
import { Output } from "./console-capture.ts";
import { createDirectory } from "./directory.ts";
import { Execution } from "./execution.ts";
import { describeFailure } from "./failure.ts";
import type { BoundAction, RunEnding, RunRequest, WatchedRun } from "./protocol.ts";
import { watch } from "./watched-work.ts";

export interface RunHooks {
  readonly instanceOf: (versionId: string) => ActionInstance;
  /** Told of each Action as it ends. */
  readonly report: (run: WatchedRun) => void;
}

/** The Actions of one run, one after the other. */
export class ActionsRun {
  readonly #request: RunRequest;
  readonly #hooks: RunHooks;
  readonly #run: TriggerRun;
  readonly #now: () => number;
  #current: Execution | undefined;
  #isAbandoned = false;

  constructor(request: RunRequest, hooks: RunHooks) {
    this.#request = request;
    this.#hooks = hooks;
    this.#now = () => Date.now() + request.clockOffset;
    this.#run = triggerRuns[request.trigger]({ ...request, now: this.#now });
  }

  get #isResumed(): boolean {
    return this.#request.transaction !== undefined && this.#request.isAfterFactor !== true;
  }

  /** What finished Actions have asked for. */
  get transaction(): object {
    return this.#run.transaction;
  }

  /** Undefined if it was abandoned meanwhile. */
  async run(): Promise<RunEnding | undefined> {
    for (const [index, action] of this.#request.actions.entries()) {
      const isContinuing = index === 0 && this.#isResumed;
      const ending = await this.#runAction(action, isContinuing);
      if (this.#isAbandoned) return undefined;
      if (ending !== undefined) return ending;
    }
    return { kind: "completed" };
  }

  /** The time is up: ends the Action that runs, whatever it goes on to do. */
  abandon(error: ActionFailure): RunEnding {
    this.#isAbandoned = true;
    if (this.#current !== undefined) this.#hooks.report(this.#current.end("failed", error));
    return { kind: "failed", error };
  }

  /** Undefined when the next Action is to run. */
  async #runAction(action: BoundAction, isContinuing: boolean): Promise<RunEnding | undefined> {
    const { settings, roles } = this.#request;
    const turn = this.#run.beginTurn({ secrets: action.secrets, isContinuing, directory: createDirectory(roles) });
    const execution = new Execution(action, new Output(settings.outputMaxBytes), this.#now);
    this.#current = execution;
    try {
      // No async function around it: in a thread that tells whose work is whose, each promise more is felt.
      await watch(execution, () => this.#findHandler(action, isContinuing)(turn.event, turn.api));
      if (this.#isAbandoned) return undefined;
      const step = turn.planStep();
      // Before the browser leaves: an Action that could not take it back fails here.
      if (step.type === "redirect") watch(execution, () => this.#findHandler(action, true));
      turn.keep();
      execution.commands = turn.renderEffects();
      execution.effects = turn.effects;
      return this.#finish(execution, step);
    } catch (thrown) {
      if (this.#isAbandoned) return undefined;
      const error = describeFailure(thrown, fileNameOf(action));
      execution.commands = turn.renderEffects();
      this.#hooks.report(execution.end("failed", error));
      return { kind: "failed", error };
    } finally {
      this.#current = undefined;
    }
  }

  #finish(execution: Execution, step: Step): RunEnding | undefined {
    const report = () => this.#hooks.report(execution.end(effectOf(step, execution.commands)));
    const fail = (message: string): RunEnding => {
      const error: ActionFailure = { errorClass: "action_error", name: "Error", message };
      execution.effects = [];
      this.#hooks.report(execution.end("failed", error));
      return { kind: "failed", error };
    };
    switch (step.type) {
      case "fail":
        return fail(step.message);
      case "challenge":
      case "enroll":
        if (this.#request.canAskFactors === true) {
          report();
          return { kind: "stopped", step };
        }
        return this.#passOver(step.type, report, fail);
      case "render-prompt":
        return this.#passOver(step.type, report, fail);
      case "run-next-action":
        report();
        return undefined;
      case "deny":
      case "deny-exchange":
      case "deny-token-exchange":
      case "refuse-registration":
      case "redirect":
      case "validation-error":
        report();
        return { kind: "stopped", step };
    }
  }

  /** What nobody here can show: as if it had been passed, unless the settings say otherwise. */
  #passOver(type: string, report: () => void, fail: (message: string) => RunEnding): RunEnding | undefined {
    if (this.#request.settings.unavailableStep === "fails") return fail(`This tenant has no ${type}.`);
    report();
    return undefined;
  }

  #findHandler(action: BoundAction, isContinuing: boolean): Handler {
    const { trigger, execute, resume } = this.#run;
    const exported = this.#hooks.instanceOf(action.versionId).load();
    return checkHandler(trigger, exported, isContinuing ? resume : execute);
  }
}

function effectOf(step: Step, commands: readonly string[]): ActionEffect {
  switch (step.type) {
    case "run-next-action":
      return commands.length === 0 ? "none" : "changed";
    case "deny":
    case "deny-exchange":
    case "deny-token-exchange":
    case "refuse-registration":
    case "validation-error":
      return "denied";
    case "redirect":
      return "redirected";
    case "render-prompt":
    case "challenge":
    case "enroll":
      return "challenged";
    case "fail":
      return "failed";
  }
}
