import type { ChildProcess } from "node:child_process";
import { once } from "node:events";

/** What a process says, from the last `forget` on. */
export function listen(child: ChildProcess) {
  let said = "";
  let wake = (): void => {};
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      wake();
    });
  }
  const ended = once(child, "exit").then(() => {
    throw new Error(`it ended:\n${said}`);
  });
  ended.catch(() => {});
  return {
    ended,
    forget(): void {
      said = "";
    },
    async hear(pattern: RegExp): Promise<void> {
      while (!pattern.test(said)) {
        const more = new Promise<void>((resolve) => {
          wake = resolve;
        });
        await Promise.race([more, ended]);
      }
    },
  };
}
