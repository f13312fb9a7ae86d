import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";

/** The simulator takes its certificate from the home directory and from nowhere else: it gets a home of its own. */
export function makeSimulacrumHome(folder: string, cert: string, key: string): string {
  const certificates = join(folder, ".simulacrum/certs");
  mkdirSync(certificates, { recursive: true, mode: 0o700 });
  copyFileSync(cert, join(certificates, "localhost.pem"));
  copyFileSync(key, join(certificates, "localhost-key.pem"));
  return folder;
}
