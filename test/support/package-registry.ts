import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface PublishedPackage {
  readonly name: string;
  readonly version: string;
  readonly code: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
}

export interface PackageRegistry {
  /** With a slash at its end, as .npmrc has it. */
  readonly url: string;
  /** Paths that were asked for, in their order. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** As much of a registry as npm needs to install, on loopback. */
export async function startPackageRegistry(published: readonly PublishedPackage[]): Promise<PackageRegistry> {
  const asked: string[] = [];
  const tarballs = new Map(published.map((entry) => [`/${entry.name}/-/${entry.version}.tgz`, packTarball(entry)]));
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? "");
    asked.push(path);
    const tarball = tarballs.get(path);
    if (tarball !== undefined) return void response.end(tarball);
    const versions = published.filter(({ name }) => path === `/${name}`);
    if (versions.length === 0) return void response.writeHead(404).end("{}");
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(renderPackument(versions, url)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    url,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function renderPackument(versions: readonly PublishedPackage[], url: string) {
  const [{ name } = { name: "" }] = versions;
  return {
    name,
    "dist-tags": { latest: versions.at(-1)?.version },
    versions: Object.fromEntries(
      versions.map(({ code: _, ...manifest }) => [
        manifest.version,
        { ...manifest, dist: { tarball: `${url}${name}/-/${manifest.version}.tgz` } },
      ]),
    ),
  };
}

function packTarball({ code, ...manifest }: PublishedPackage): Buffer {
  const directory = mkdtempSync(join(tmpdir(), "package-"));
  try {
    mkdirSync(join(directory, "package"));
    writeFileSync(join(directory, "package/package.json"), JSON.stringify({ ...manifest, main: "index.js" }));
    writeFileSync(join(directory, "package/index.js"), code);
    return execFileSync("tar", ["-czf", "-", "-C", directory, "package"]);
  } finally {
    rmSync(directory, { recursive: true });
  }
}
