import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

export interface Packed {
  readonly file: string;
  /** Bytes. */
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: number;
}

/** As `npm pack` does it. */
export async function pack(folder: string, destination: string): Promise<Packed> {
  const args = ["pack", "--json", "--pack-destination", destination];
  const { stdout } = await promisify(execFile)("npm", args, { cwd: folder });
  const [report] = JSON.parse(stdout) as {
    readonly filename: string;
    readonly size: number;
    readonly unpackedSize: number;
    readonly entryCount: number;
  }[];
  if (report === undefined) throw new Error("npm pack says nothing of what it packed.");
  const { filename, size, unpackedSize, entryCount } = report;
  return { file: join(destination, filename), size, unpackedSize, files: entryCount };
}
