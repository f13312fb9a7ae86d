import type { RunResult } from "../../local/auth0/actions/runtime/protocol.ts";
import { compareRuns } from "../../local/console/runs/compare-runs.ts";
import type { Difference } from "../../local/console/runs/outline-run.ts";
import { holdCompiler } from "../build/compiler.ts";
import type { Finding } from "../build/finding.ts";
import { createReadyLoading } from "../build/load/ready-loading.ts";
import { renderFinding } from "../build/render.ts";
import { CommandError } from "../command.ts";
import type { Environment } from "../tenant/read-environment.ts";
import type { Paint } from "../terminal/paint.ts";
import { deployChanged, type LiveProject, readAhead } from "./live-project.ts";
import { makeCatalogue } from "./make-catalogue.ts";
import type { Edge } from "./open-edge.ts";

/** The last run again, through the Actions that are live now. */
interface Replay {
  /** Whose it was. */
  readonly who: string;
  readonly before: RunResult;
  readonly after: RunResult;
}

export interface SessionOptions {
  readonly directory: string;
  readonly environment: Environment;
  readonly live: LiveProject;
  readonly edge: Edge;
  /** After what a save changed; the former edge is closed by then. */
  readonly openEdge: (live: LiveProject) => Promise<Edge>;
  /** Undefined while there was no run. */
  readonly replayLast: () => Promise<Replay | undefined>;
  readonly print: (text: string) => void;
  readonly paint: Paint;
}

export interface Session {
  /** Reads ahead what the first save would wait for. */
  prepare(): Promise<void>;
  /** Never rejects. @returns whether what was saved is live */
  save(changed: ReadonlySet<string>): Promise<boolean>;
  close(): Promise<void>;
}

/** A tenant that follows a project: what cannot be built or deployed leaves live what was. */
export function createSession({
  directory,
  environment,
  openEdge,
  replayLast,
  print,
  paint,
  ...first
}: SessionOptions): Session {
  let { live } = first;
  let edge: Edge | undefined = first.edge;
  const loading = createReadyLoading(directory);
  const releaseCompiler = holdCompiler();

  async function deploy(changed: ReadonlySet<string>): Promise<void> {
    if (changed.has("stripe.json")) await makeCatalogue(directory, environment);
    live = await deployChanged(live, changed, { directory, environment, runLoading: loading.run });
    if ([...changed].every((file) => file.startsWith("actions/"))) return;
    await edge?.close();
    edge = undefined;
    edge = await openEdge(live);
  }

  /** What the build warns of now and did not before. */
  function warn(former: readonly Finding[]): void {
    const known = new Set(former.map(renderFinding));
    for (const text of live.prepared.build.findings.map(renderFinding)) {
      if (!known.has(text)) print(paint("yellow", text.trimEnd()));
    }
  }

  return {
    async prepare() {
      live = await readAhead(live, { directory, environment });
      warn([]);
    },
    async save(changed) {
      const started = performance.now();
      const names = [...changed].join(", ");
      const former = live;
      try {
        await deploy(changed);
      } catch (error) {
        print(`${paint("red", "not live")}  ${names}: what was live stays\n${describeError(error)}`);
        return false;
      }
      if (live === former) {
        print(`${names}: nothing differs from what is live`);
        return true;
      }
      const took = Math.round(performance.now() - started);
      print(`${paint("green", "live")}  ${names}, ${took} ms${describeReplay(await replayLast())}`);
      warn(former.prepared.build.findings);
      return true;
    },
    async close() {
      loading.close();
      releaseCompiler();
      await edge?.close();
    },
  };
}

function describeReplay(replay: Replay | undefined): string {
  if (replay === undefined) return "";
  const differences = compareRuns(replay.before, replay.after);
  if (differences.length === 0) return `; the last login, ${replay.who}, ends as before`;
  return `; the last login, ${replay.who}, would now have\n${differences.map((difference) => `  ${renderDifference(difference)}`).join("\n")}`;
}

/** `+ access token claim https://api.example.com/plan "gold"` */
function renderDifference({ name, before, after }: Difference): string {
  if (before === undefined) return `+ ${name} ${after}`;
  return after === undefined ? `- ${name} ${before}` : `~ ${name} ${before} → ${after}`;
}

function describeError(error: unknown): string {
  if (!(error instanceof CommandError)) return String(error instanceof Error ? error.stack : error);
  return `${error.message} [${error.code}]`;
}
