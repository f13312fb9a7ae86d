import { Connection } from "./connection.ts";
import { renderRequest } from "./render-request.ts";
import type { Server } from "./server.ts";

const AT_ONCE = 8;

export interface TokenCost {
  /** Microseconds of the server's processor time, all threads. */
  readonly cpu: number;
  readonly perSecond: number;
}

/** Tokens by client credentials over connections that stay open. Each answer is looked at: a refusal is quick as well. */
export async function measureTokens({ facts, readCpu }: Server, count: number): Promise<TokenCost> {
  const { origin, ca, tokenRequest } = facts;
  const body = { type: "application/json", text: JSON.stringify(tokenRequest.body) } as const;
  const request = renderRequest("POST", `${origin}${tokenRequest.path}`, { body });
  const connections = await Promise.all(Array.from({ length: AT_ONCE }, () => Connection.open(origin, ca)));
  try {
    const before = await readCpu();
    const started = performance.now();
    await Promise.all(
      connections.map(async (connection) => {
        for (let sent = 0; sent < count / AT_ONCE; sent += 1) {
          const answer = await connection.send(request);
          if (!answer.startsWith("HTTP/1.1 200") || !answer.includes('"access_token"'))
            throw new Error(`No token: ${answer}`);
        }
      }),
    );
    const seconds = (performance.now() - started) / 1000;
    return { cpu: ((await readCpu()) - before) / count, perSecond: count / seconds };
  } finally {
    for (const connection of connections) connection.close();
  }
}

/** Microseconds of processor time for one RS256 signature in the same process, by node:crypto on its main thread. */
export async function measureSigning({ ask, readCpu }: Server, count: number): Promise<TokenCost> {
  const [before, started] = [await readCpu(), performance.now()];
  await ask({ ask: "sign", count });
  const seconds = (performance.now() - started) / 1000;
  return { cpu: ((await readCpu()) - before) / count, perSecond: count / seconds };
}
