import { PackageError } from "../../local/auth0/actions/packages/package-error.ts";
import type { Packages } from "../../local/auth0/actions/packages/packages.ts";

export interface FakePackages extends Packages {
  /** Lets what is being installed arrive. */
  arrive(name: string, version: string): void;
}

/**
 * Packages that nothing is installed of: those of `versions` are there, those of `coming` are on their way until they arrive, and
 * all others are not to be had.
 */
export function createFakePackages(
  versions: Readonly<Record<string, string>>,
  coming: readonly string[] = [],
): FakePackages {
  const waiting = new Map<string, (() => void)[]>();
  const there = new Set(Object.entries(versions).map(([name, version]) => `${name}@${version}`));
  return {
    find: ({ name, version }) => (there.has(`${name}@${version}`) ? "/project" : undefined),
    ensure({ name, version }) {
      const key = `${name}@${version}`;
      if (there.has(key)) return Promise.resolve();
      if (coming.includes(key)) {
        return new Promise((resolve) => waiting.set(key, [...(waiting.get(key) ?? []), resolve]));
      }
      return Promise.reject(new PackageError("DEPENDENCY_NOT_FOUND", `npm knows no ${key} (E404).`));
    },
    findLatest: (name) =>
      versions[name] === undefined
        ? Promise.reject(new PackageError("DEPENDENCY_OFFLINE", "npm cannot reach a registry."))
        : Promise.resolve(versions[name]),
    close() {},
    arrive(name, version) {
      there.add(`${name}@${version}`);
      for (const resolve of waiting.get(`${name}@${version}`) ?? []) resolve();
    },
  };
}
