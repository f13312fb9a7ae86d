import { join } from "node:path";
import { copyEveryKind } from "./every-kind-project.ts";
import { copyProject, type ProjectCopy } from "./project-copy.ts";

const ROOT = join(import.meta.dirname, "../..");

export type Job = "first deploy" | "nothing to do" | "one Action changed";

interface Target {
  /** Least ratio of times. */
  readonly faster: number;
  /** Least ratio of memory. */
  readonly smaller?: number;
  /** Most writes; those of the plain import if nothing else is said. */
  readonly writes?: number;
}

/** A project and a tenant on which both tools do the same jobs. */
export interface Setting {
  readonly name: string;
  /** Milliseconds added to every answer. */
  readonly lateness: number;
  readonly copy: () => ProjectCopy;
  readonly jobs: readonly Job[];
  /** A job without one only shows how the cost grows. */
  readonly targets: Partial<Record<Job, Target>>;
}

export const SETTINGS: readonly Setting[] = [
  {
    name: "as it is",
    lateness: 0,
    copy: () => copyProject(ROOT, 0),
    jobs: ["first deploy", "nothing to do", "one Action changed"],
    targets: {
      "first deploy": { faster: 5 },
      "nothing to do": { faster: 35, smaller: 15, writes: 0 },
      "one Action changed": { faster: 25, writes: 3 },
    },
  },
  {
    name: "50 ms later",
    lateness: 50,
    copy: () => copyProject(ROOT, 0),
    jobs: ["first deploy"],
    targets: { "first deploy": { faster: 6 } },
  },
  {
    name: "100 Actions, 100 roles",
    lateness: 0,
    copy: () => copyProject(ROOT, 100),
    jobs: ["first deploy"],
    targets: { "first deploy": { faster: 8 } },
  },
  {
    name: "every kind",
    lateness: 0,
    copy: () => copyEveryKind(ROOT),
    jobs: ["first deploy", "nothing to do"],
    targets: { "nothing to do": { faster: 15, smaller: 6, writes: 0 } },
  },
];
