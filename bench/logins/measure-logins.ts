import { Connection } from "./connection.ts";
import { openClient } from "./http-client.ts";
import type { LogIn } from "./log-in.ts";
import type { Server } from "./server.ts";

const AT_ONCE = 4;

/** Whole logins a second, each with a browser of its own. */
export async function measureLogins({ facts }: Server, logIn: LogIn, count: number): Promise<number> {
  const connections = await Promise.all(Array.from({ length: AT_ONCE }, () => Connection.open(facts.origin, facts.ca)));
  try {
    const started = performance.now();
    let taken = 0;
    const work = async (connection: Connection): Promise<void> => {
      while (taken < count) {
        taken += 1;
        await logIn(openClient(connection), facts, taken);
      }
    };
    await Promise.all(connections.map(work));
    return (count * 1000) / (performance.now() - started);
  } finally {
    for (const connection of connections) connection.close();
  }
}
