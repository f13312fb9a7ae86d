import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** The browser of this machine: CHROMIUM, or what Debian and others call it in the PATH. */
export function findChromium(): string {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const folders = (process.env.PATH ?? "").split(delimiter);
  for (const name of ["chromium", "chromium-browser", "google-chrome"]) {
    const found = folders.map((folder) => join(folder, name)).find(isExecutable);
    if (found !== undefined) return found;
  }
  throw new Error("No Chromium in the PATH. Install it (Debian: apt-get install chromium), or name it in CHROMIUM.");
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
