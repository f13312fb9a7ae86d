import type { HttpBindings } from "@hono/node-server";
import type { Deliver } from "./app.ts";
import type { Answer } from "./outcome.ts";

/** Over a socket: a reset cuts it, a hang leaves it open until the caller or the server closes it. */
export const deliverOverSocket: Deliver = (outcome, context) => {
  switch (outcome.kind) {
    case "answer":
      return toResponse(outcome.answer);
    case "drip":
      return new Response(dripBytes(outcome.answer.body, outcome.ms), {
        status: outcome.answer.status,
        headers: outcome.answer.headers,
      });
    case "reset":
      (context.env as HttpBindings).incoming.socket.destroy();
      return never();
    case "hang":
      return never();
  }
};

/** To a caller in this process, which sees what fetch would: no socket, no TLS, for runs of many thousand requests. */
export const deliverInProcess: Deliver = (outcome, context) => {
  switch (outcome.kind) {
    case "answer":
      return toResponse(outcome.answer);
    case "reset":
      throw new TypeError("fetch failed", {
        cause: Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }),
      });
    case "drip":
    case "hang":
      return untilAborted(context.req.raw.signal);
  }
};

function toResponse(answer: Answer): Response {
  return new Response(answer.body, { status: answer.status, headers: answer.headers });
}

function never(): Promise<Response> {
  return new Promise(() => {});
}

function untilAborted(signal: AbortSignal): Promise<Response> {
  return new Promise((_resolve, reject) => {
    const fail = () => reject(signal.reason);
    if (signal.aborted) fail();
    else signal.addEventListener("abort", fail, { once: true });
  });
}

function dripBytes(body: string, ms: number): ReadableStream<Uint8Array> {
  const bytes = Buffer.from(body);
  let sent = 0;
  let timer: NodeJS.Timeout | undefined;
  return new ReadableStream<Uint8Array>({
    pull: (controller) =>
      new Promise((resolve) => {
        timer = setTimeout(() => {
          if (sent < bytes.length) controller.enqueue(new Uint8Array(bytes.subarray(sent, sent + 1)));
          else controller.close();
          sent += 1;
          resolve();
        }, ms);
        timer.unref();
      }),
    cancel: () => clearTimeout(timer),
  });
}
