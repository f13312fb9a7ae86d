import { X509Certificate } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { CommandError } from "../command.ts";
import type { Database } from "./find-databases.ts";
import { findTrusted } from "./find-trusted.ts";

/** A program that asks a local server for its certificate, and whether it trusts the authority of this checkout. */
export interface Place {
  readonly program: "Chromium" | "Firefox" | "System" | "Node";
  /** A folder, a file or a variable. */
  readonly where: string;
  /** Another one: of a former start, or another checkout. Unknown: certutil is missing. */
  readonly state: "trusted" | "not trusted" | "another one" | "unknown";
}

interface LookOptions {
  readonly databases: readonly Database[];
  /** PEM. */
  readonly ca: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
}

/** All that the system trusts, in one file: Debian and its like, then Fedora and its like. */
const BUNDLES = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"];

/** Looks at each place; changes nothing. macOS and Windows are not asked for what the system trusts. */
export async function lookAt({ databases, ca, environment, platform }: LookOptions): Promise<readonly Place[]> {
  const places: Place[] = [];
  for (const { program, folder, isThere } of databases) {
    places.push({ program, where: folder, state: isThere ? await lookIntoDatabase(folder, ca) : "not trusted" });
  }
  const bundle = platform === "linux" ? BUNDLES.find(existsSync) : undefined;
  if (bundle !== undefined) places.push({ program: "System", where: bundle, state: lookIn(bundle, ca) });
  const file = environment.NODE_EXTRA_CA_CERTS;
  const node = file !== undefined && existsSync(file) ? lookIn(file, ca) : "not trusted";
  return [...places, { program: "Node", where: "NODE_EXTRA_CA_CERTS", state: node }];
}

async function lookIntoDatabase(folder: string, ca: string): Promise<Place["state"]> {
  try {
    const found = await findTrusted(folder);
    return found === undefined ? "not trusted" : compare([found], ca);
  } catch (error) {
    if (error instanceof CommandError) return "unknown";
    throw error;
  }
}

function lookIn(file: string, ca: string): Place["state"] {
  return compare(
    readFileSync(file, "utf8").match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [],
    ca,
  );
}

/** Its name is that of a former one, whose certificate nobody shows any more. */
function compare(certificates: readonly string[], ca: string): Place["state"] {
  const own = new X509Certificate(ca);
  const known = certificates.flatMap(parse);
  if (known.some(({ fingerprint256 }) => fingerprint256 === own.fingerprint256)) return "trusted";
  return known.some(({ subject }) => subject === own.subject) ? "another one" : "not trusted";
}

function parse(pem: string): readonly X509Certificate[] {
  try {
    return [new X509Certificate(pem)];
  } catch {
    return [];
  }
}
