interface Network {
  /** What was sent arrives before hours pass. */
  drain(): Promise<void>;
  close(): void;
}

/** Until it is closed `globalThis.fetch` ends here, so that the SDK runs whole but for the socket. */
export function carryTo(answer: (request: Request) => Promise<Response>, onRequest: () => void): Network {
  const inFlight = new Set<Promise<unknown>>();
  const fetchBefore = globalThis.fetch;
  globalThis.fetch = (input, init) => {
    onRequest();
    const request = new Request(input, init);
    const answered = answer(request);
    const settled: Promise<unknown> = answered.then(
      () => inFlight.delete(settled),
      () => inFlight.delete(settled),
    );
    inFlight.add(settled);
    // Who gave up waiting has given up; what was asked for may still be done.
    return Promise.race([answered, untilAborted(request.signal)]);
  };
  return {
    async drain() {
      while (inFlight.size > 0) await Promise.all(inFlight);
    },
    close: () => {
      globalThis.fetch = fetchBefore;
    },
  };
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
