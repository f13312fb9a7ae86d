import { open } from "node:fs/promises";

/** Characters. More than two times 16 MB of metadata, which is the most that Auth0 keeps for a user, is not a line of an export. */
const LONGEST_LINE = 40_000_000;
/** Bytes read at once. */
const PIECE = 65_536;

/** A text that has no end of line where one has to be. */
export class LineTooLong extends Error {
  override readonly name = "LineTooLong";
}

/**
 * A file's bytes, piece by piece, always in the same memory: a stream takes new memory for each, which V8 is slow to free.
 *
 * @yields what is overwritten when the next piece is asked for
 * @throws {NodeJS.ErrnoException} of the file system
 */
export async function* readPieces(file: string): AsyncGenerator<Uint8Array> {
  const handle = await open(file);
  try {
    const memory = new Uint8Array(PIECE);
    for (;;) {
      const { bytesRead } = await handle.read(memory, 0, PIECE);
      if (bytesRead === 0) return;
      yield memory.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

/**
 * The lines that end in each piece, without what ends them (LF, or CR LF), and at the end what is left. Never more is held than a
 * piece and a line.
 *
 * @param pieces of a text in UTF-8
 * @throws {LineTooLong} and what reading throws
 */
export async function* readLines(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<readonly string[]> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const piece of pieces) {
    const lines = decoder.decode(piece, { stream: true }).split("\n");
    lines[0] = rest + lines[0];
    rest = lines.pop() ?? "";
    if (rest.length > LONGEST_LINE)
      throw new LineTooLong(`More than ${LONGEST_LINE} characters without an end of line`);
    yield lines.map(withoutReturn);
  }
  rest += decoder.decode();
  if (rest !== "") yield [withoutReturn(rest)];
}

const withoutReturn = (line: string): string => (line.endsWith("\r") ? line.slice(0, -1) : line);
