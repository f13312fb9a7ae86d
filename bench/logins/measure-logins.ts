import { openAgent, openClient } from "./http-client.ts";
import type { LogIn } from "./log-in.ts";
import type { Server } from "./server.ts";

const AT_ONCE = 4;

/** Whole logins a second, each with a browser of its own. */
export async function measureLogins({ facts }: Server, logIn: LogIn, count: number): Promise<number> {
  const agent = openAgent(facts.ca, AT_ONCE);
  try {
    const started = performance.now();
    let taken = 0;
    const work = async (): Promise<void> => {
      while (taken < count) {
        taken += 1;
        await logIn(openClient(agent), facts, taken);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return (count * 1000) / (performance.now() - started);
  } finally {
    agent.destroy();
  }
}
