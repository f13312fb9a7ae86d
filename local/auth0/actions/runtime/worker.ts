import { parentPort, workerData } from "node:worker_threads";
import { mapHosts } from "../../../network/map-hosts.ts";
import type { ActionFailure } from "../outcome.ts";
import { type ActionInstance, createActionInstance } from "./action-instance.ts";
import { createRoutedConsole } from "./console-capture.ts";
import { describeFailure } from "./failure.ts";
import { restrictBuiltIns } from "./module-loader.ts";
import type { FromWorker, RunRequest, ToWorker } from "./protocol.ts";
import { createReducedProcess } from "./reduced-process.ts";
import { watchRequests } from "./request-capture.ts";
import { ActionsRun } from "./run-actions.ts";
import type { WorkerSetup } from "./worker-setup.ts";

/** The entry of a thread that runs Actions. Everything of Node's that it needs itself is loaded before the restrictions. */
const port = parentPort;
if (port === null) throw new Error("This file runs in a worker thread only.");
const { directory, hosts } = workerData as WorkerSetup;
const { exit } = process;
const send = (message: FromWorker) => port.postMessage(message);

// The thread would end without it, too. Sent as an error it would lose its cause, and more where it cannot be cloned.
process.on("uncaughtException", (thrown) => {
  send({ kind: "lost", error: describeFailure(thrown) });
  exit(1);
});

mapHosts(hosts, { refuseOthers: true });
const reducedProcess = createReducedProcess(process);
restrictBuiltIns(reducedProcess);
watchRequests();
const routedConsole = createRoutedConsole();
for (const [name, value] of Object.entries({ process: reducedProcess, console: routedConsole })) {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}

const instances = new Map<string, ActionInstance>();
const runs = new Map<number, ActionsRun>();

port.on("message", (message: ToWorker) => {
  if (message.kind === "run") void startRun(message.request);
  else abandonRun(message.id, message.error);
});

async function startRun(request: RunRequest): Promise<void> {
  const { id } = request;
  for (const source of request.sources) {
    if (!instances.has(source.versionId)) {
      instances.set(source.versionId, createActionInstance(source, { directory, console: routedConsole }));
    }
  }
  try {
    const run = new ActionsRun(request, {
      instanceOf,
      report: (ran) => send({ kind: "ran", id, run: ran }),
    });
    runs.set(id, run);
    const ending = await run.run();
    if (ending !== undefined) send({ kind: "ended", id, ending, transaction: run.transaction });
  } catch (error) {
    // What was asked for cannot be sent, e.g. a function as the reason of a denial.
    send({ kind: "ended", id, ending: { kind: "failed", error: describeFailure(error) } });
  } finally {
    runs.delete(id);
  }
}

function abandonRun(id: number, error: ActionFailure): void {
  const run = runs.get(id);
  if (run === undefined) return;
  runs.delete(id);
  const ending = run.abandon(error);
  send({ kind: "ended", id, ending, transaction: run.transaction });
}

function instanceOf(versionId: string): ActionInstance {
  const instance = instances.get(versionId);
  if (instance === undefined) throw new Error(`The code of version ${versionId} did not arrive.`);
  return instance;
}
