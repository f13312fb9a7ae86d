import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** A database of certificates in NSS's format, which `certutil` of libnss3-tools reads and writes. */
export interface Database {
  readonly program: "Chromium" | "Firefox";
  readonly folder: string;
  /** Chromium makes its own when it is first needed, and so does this tool. */
  readonly isThere: boolean;
}

/** Where Firefox keeps profiles: as a package, as a snap, on macOS. */
const PROFILES = [
  ".mozilla/firefox",
  "snap/firefox/common/.mozilla/firefox",
  "Library/Application Support/Firefox/Profiles",
];

/**
 * The databases of a person's browsers. On macOS and Windows Chromium asks the system.
 *
 * @param home their folder
 */
export function findDatabases(home: string, platform: NodeJS.Platform): readonly Database[] {
  const chromium = join(home, ".pki/nssdb");
  return [
    ...(platform === "linux"
      ? [{ program: "Chromium", folder: chromium, isThere: isDatabase(chromium) } as const]
      : []),
    ...PROFILES.flatMap((folder) => list(join(home, folder)))
      .filter(isDatabase)
      .map((folder) => ({ program: "Firefox", folder, isThere: true }) as const),
  ];
}

const isDatabase = (folder: string): boolean => existsSync(join(folder, "cert9.db"));

function list(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}
