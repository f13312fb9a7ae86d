import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** Starts a program as the first process of a PID namespace of its own, as a container's; it dies with its parent. */
export const IN_OWN_NAMESPACE = ["unshare", "--pid", "--fork", "--mount-proc", "--kill-child"] as const;

/** Why that cannot be done here; undefined: it can. */
export function findReasonAgainstNamespaces(): string | undefined {
  if (process.platform !== "linux") return "only Linux has PID namespaces";
  const [command, ...parameters] = IN_OWN_NAMESPACE;
  return spawnSync(command, [...parameters, "true"]).status === 0 ? undefined : "unshare is not permitted";
}

/** The process that a wrapper has started, by its id here. */
export function findChild(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim());
}
