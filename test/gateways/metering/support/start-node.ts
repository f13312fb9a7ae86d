import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@jest/globals";
import { build } from "esbuild";
import { readDeadLetters } from "../../../../gateways/metering/dead-letters.ts";
import { openFiles } from "../../../../gateways/metering/files.ts";
import type { StandIn } from "../../support/stripe-stand-in.ts";

interface EndedNode {
  readonly signal: NodeJS.Signals | null;
  readonly code: number | null;
  /** Requests answered as allowed, and refused because they could not be counted. */
  readonly allowed: number;
  readonly refused: number;
  /** Lines of its log. */
  readonly log: readonly string[];
  readonly errors: string;
}

export interface StartedNode {
  readonly pid: number;
  readonly ended: Promise<EndedNode>;
  kill(signal?: NodeJS.Signals): void;
  /** Tells one that counts until it is told. */
  tell(): void;
}

export interface NodeOptions {
  readonly customers: readonly string[];
  readonly rounds: number;
  /** Where it is to be killed, and at which time there; or `until told`. */
  readonly killAt?: string;
  readonly nth?: number;
  /** What it is started by, such as `unshare --pid`. */
  readonly wrapper?: readonly string[];
  /** Called with how many requests it has answered as allowed. */
  readonly whenAllowed?: (count: number) => void;
}

export type StartNode = (directory: string, stripeUrl: string, options: NodeOptions) => StartedNode;

/** Bundles node-process.ts into a folder, so that many of it start quickly. */
export async function buildNode(folder: string): Promise<StartNode> {
  const program = join(folder, "node-process.mjs");
  await build({
    entryPoints: [join(import.meta.dirname, "node-process.ts")],
    outfile: program,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
  });
  return (directory, stripeUrl, options) => {
    const { customers, rounds, killAt = "", nth = 1, wrapper = [], whenAllowed = () => {} } = options;
    const [command = "", ...parameters] = [
      ...wrapper,
      process.execPath,
      program,
      directory,
      stripeUrl,
      customers.join(),
      String(rounds),
      killAt,
      String(nth),
    ];
    const child = spawn(command, parameters, { stdio: [killAt === "until told" ? "pipe" : "ignore", "pipe", "pipe"] });
    let output = "";
    let errors = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      whenAllowed(output.split("\nallowed").length - 1);
    });
    child.stderr?.on("data", (chunk: Buffer) => {
      errors += chunk.toString();
    });
    const ended = new Promise<EndedNode>((resolve) => {
      child.on("close", (code, signal) => {
        const lines = output.split("\n");
        const startingWith = (word: string) => lines.filter((line) => line.startsWith(`${word} `));
        resolve({
          signal,
          code,
          allowed: startingWith("allowed").length,
          refused: startingWith("refused").length,
          log: startingWith("log").map((line) => line.slice("log ".length)),
          errors,
        });
      });
    });
    return {
      pid: child.pid ?? 0,
      ended,
      kill: (signal = "SIGKILL") => child.kill(signal),
      tell: () => child.stdin?.end(),
    };
  };
}

/** A process has two seconds at its end: what it cannot send in that time it leaves to the next one. */
export async function drain(startNode: StartNode, directory: string, stripeUrl: string): Promise<void> {
  const isDone = () => !readdirSync(directory).some((name) => /^(?:batch|counts|ended)-/.test(name));
  for (let runs = 0; runs < 20 && !isDone(); runs++)
    expect(await startNode(directory, stripeUrl, { customers: ["cus_1"], rounds: 0 }).ended).toMatchObject({
      code: 0,
      errors: "",
    });
}

export const sumBilled = (standIn: StandIn) => [...standIn.sums.values()].reduce((sum, value) => sum + value, 0);
export const sumDeadLetters = (directory: string) =>
  readDeadLetters(openFiles(directory)).reduce((sum, { event }) => sum + event.value, 0);
