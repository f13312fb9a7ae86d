import { createStatusLine } from "./status-line.ts";

/** Milliseconds without a word, after which somebody wonders. */
const LONGEST_SILENCE = 1000;
const EVERY = 200;
const FRAMES = ["|", "/", "-", "\\"];

interface Streams {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

/**
 * Does the work, and says on a terminal's last line what is done and for how long, whenever nothing was printed for a second. Never in a
 * log, a pipe or CI. Whatever is printed stands where the line was, and nothing of it stays; a question that waits for its answer
 * is left alone.
 */
export async function showWaiting<T>(
  what: string,
  work: () => Promise<T>,
  { stdout, stderr }: Streams = process,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<T> {
  if (!stderr.isTTY || environment.CI || environment.TERM === "dumb") return work();
  const line = createStatusLine(stderr);
  const began = performance.now();
  let quietSince = began;
  let endsLine = true;
  let isShown = false;
  let isDrawing = false;

  const draw = (change: () => void): void => {
    isDrawing = true;
    change();
    isDrawing = false;
  };
  const clear = (): void => {
    if (isShown) draw(line.end);
    isShown = false;
  };
  const release = [stdout, stderr].map((stream) =>
    watch(stream, (chunk) => {
      if (isDrawing) return;
      clear();
      quietSince = performance.now();
      // Without the end of a line it is a question, or a line that somebody else keeps.
      endsLine = String(chunk).endsWith("\n");
    }),
  );
  const timer = setInterval(() => {
    const now = performance.now();
    if (!endsLine || now - quietSince < LONGEST_SILENCE) return;
    const seconds = Math.floor((now - began) / 1000);
    const frame = FRAMES[Math.floor(now / EVERY) % FRAMES.length];
    draw(() => line.show(() => `${frame} ${what}, ${seconds} s`));
    isShown = true;
  }, EVERY);
  timer.unref();
  const onInterrupt = (): void => {
    clear();
    // Who else listens decides what becomes of the process.
    if (process.listenerCount("SIGINT") === 0) process.kill(process.pid, "SIGINT");
  };
  process.once("SIGINT", onInterrupt);
  try {
    return await work();
  } finally {
    process.off("SIGINT", onInterrupt);
    clearInterval(timer);
    clear();
    for (const free of release) free();
  }
}

/** Tells of all that is written to the stream, before it is. */
function watch(stream: NodeJS.WriteStream, tell: (chunk: unknown) => void): () => void {
  const { write } = stream;
  stream.write = (...args: readonly unknown[]) => {
    tell(args[0]);
    return (write as (...all: readonly unknown[]) => boolean).apply(stream, [...args]);
  };
  return () => {
    stream.write = write;
  };
}
