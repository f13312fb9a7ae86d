import { once } from "node:events";
import { connect } from "node:net";
import { answerMessages } from "../shared/child.ts";
import type { LoadOrder, LoadResult } from "./load.ts";

const OK = Buffer.from("HTTP/1.1 200 ");
const END = Buffer.from("\r\n\r\n");

answerMessages(async ({ port, requests, connections, seconds }: LoadOrder): Promise<LoadResult> => {
  const texts = requests.map((request) => Buffer.from(request));
  const times: number[] = [];
  let next = 0;
  const start = performance.now();
  const end = start + seconds * 1000;

  /** Answers without a body, one after another. */
  const work = async (): Promise<void> => {
    const socket = connect(port, "127.0.0.1").setNoDelay(true);
    await once(socket, "connect");
    await new Promise<void>((resolve, reject) => {
      let sentAt = 0;
      let received: Buffer = Buffer.alloc(0);
      const send = (): void => {
        sentAt = performance.now();
        if (sentAt >= end) {
          socket.destroy();
          resolve();
          return;
        }
        socket.write(texts[next++ % texts.length] ?? "");
      };
      socket.on("error", reject);
      socket.on("close", resolve);
      socket.on("data", (chunk: Buffer) => {
        received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
        if (received.indexOf(END) < 0) return;
        if (!received.subarray(0, OK.length).equals(OK)) {
          reject(new Error(`It should be allowed: ${received.subarray(0, 60).toString()}`));
          socket.destroy();
          return;
        }
        received = Buffer.alloc(0);
        times.push(performance.now() - sentAt);
        send();
      });
      send();
    });
  };
  await Promise.all(Array.from({ length: connections }, work));
  const elapsed = performance.now() - start;
  times.sort((one, other) => one - other);
  const quantile = (share: number): number => times[Math.floor(times.length * share)] ?? 0;
  return { perSecond: (times.length / elapsed) * 1000, p50: quantile(0.5), p99: quantile(0.99) };
});
