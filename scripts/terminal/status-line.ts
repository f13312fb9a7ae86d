import { clearLine, cursorTo } from "node:readline";

/** One line on a terminal that is written again and again; nothing in a log or a pipe. */
export interface StatusLine {
  /** Seldom enough to be read: `render` is not called for what would be too soon. */
  show(render: () => string): void;
  end(): void;
}

/** Milliseconds between two looks. */
const EVERY = 200;

export function createStatusLine(
  stream: NodeJS.WriteStream,
  clock: () => number = () => performance.now(),
): StatusLine {
  if (!stream.isTTY) return { show() {}, end() {} };
  let shown = Number.NEGATIVE_INFINITY;
  const clear = (): void => {
    clearLine(stream, 0);
    cursorTo(stream, 0);
  };
  return {
    show(render) {
      const now = clock();
      if (now - shown < EVERY) return;
      shown = now;
      clear();
      stream.write(render());
    },
    end: clear,
  };
}
