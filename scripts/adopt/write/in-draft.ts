import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";

/** Does this with a folder that is gone afterwards. It is on the disk of the project, so that a file can be moved to its place at once. */
export async function inDraft<T>(directory: string, work: (draft: string) => Promise<T>): Promise<T> {
  const parent = join(directory, ".local");
  await mkdir(parent, { recursive: true, mode: 0o700 });
  const draft = await mkdtemp(join(parent, "adopt-"));
  try {
    await mkdir(join(draft, "project"));
    return await work(draft);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}
