import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";

/** Why no file system can be mounted here; undefined: one can. */
export function findReasonAgainstMounts(): string | undefined {
  if (process.platform !== "linux") return "only Linux has tmpfs";
  const { status } = spawnSync("unshare", ["--mount", "mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", "/mnt"]);
  return status === 0 ? undefined : "mounts need root";
}

/** A file system of so many bytes at a path. */
export function mountDisk(path: string, bytes: number): { setReadOnly(): void; unmount(): void } {
  mkdirSync(path, { recursive: true });
  const run = (command: string, ...parameters: string[]) => {
    const { status, stderr } = spawnSync(command, parameters, { encoding: "utf8" });
    if (status !== 0) throw new Error(`${command}: ${stderr}`);
  };
  run("mount", "-t", "tmpfs", "-o", `size=${bytes}`, "tmpfs", path);
  return {
    setReadOnly: () => run("mount", "-o", "remount,ro", path),
    unmount: () => run("umount", path),
  };
}
