import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createClient } from "@redis/client";

export interface RedisServer {
  readonly url: string;
  /** Any command, by a client of its own. */
  command(...words: string[]): Promise<unknown>;
  /** At once, with what it had not saved. */
  kill(): Promise<void>;
  /** On the same port, with what it had saved. */
  start(): Promise<void>;
  /** It holds its connections and answers nothing. */
  freeze(): void;
  thaw(): void;
  close(): Promise<void>;
}

/** Debian's redis-server, which saves when it is told to, on a port and in a folder of its own. */
export async function startRedis(): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), "redis-"));
  const port = await findFreePort();
  let child: ChildProcess | undefined;

  const start = async (): Promise<void> => {
    const settings = { port: String(port), bind: "127.0.0.1", dir: folder, save: "", appendonly: "no" };
    const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
    const started = spawn("redis-server", args, { stdio: "ignore" });
    child = started;
    await once(started, "spawn").catch(() => {
      throw new Error("redis-server cannot be started: apt-get install redis-server");
    });
    while ((await command("PING").catch(() => undefined)) !== "PONG") await sleep(10);
  };
  const command = async (...words: string[]): Promise<unknown> => {
    const client = createClient({ url: `redis://127.0.0.1:${port}`, socket: { reconnectStrategy: false } });
    client.on("error", () => undefined);
    await client.connect();
    try {
      return await client.sendCommand(words);
    } finally {
      client.destroy();
    }
  };
  const kill = async (): Promise<void> => {
    const ended = child;
    if (ended === undefined || ended.exitCode !== null || ended.signalCode !== null) return;
    const exit = once(ended, "exit");
    ended.kill("SIGKILL");
    await exit;
  };
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    command,
    kill,
    start,
    freeze: () => void child?.kill("SIGSTOP"),
    thaw: () => void child?.kill("SIGCONT"),
    async close() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A server that says the same to everything, or nothing. */
export async function startLiar(answer: string | undefined): Promise<{ readonly url: string; close(): Promise<void> }> {
  const sockets = new Set<{ destroy(): void }>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("data", () => answer !== undefined && socket.write(answer));
  });
  const port = await listen(server);
  return {
    url: `redis://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("It should listen on a port.");
  return address.port;
}
