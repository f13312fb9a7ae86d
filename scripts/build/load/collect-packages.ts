import { createInstalledVersion } from "../../../local/auth0/actions/packages/installed-packages.ts";
import { PackageError } from "../../../local/auth0/actions/packages/package-error.ts";
import { isExactVersion, type PackageVersion } from "../../../local/auth0/actions/packages/package-folders.ts";
import type { Packages } from "../../../local/auth0/actions/packages/packages.ts";
import type { TenantAction } from "../../tenant/document.ts";
import type { Bundle } from "../bundle.ts";

export interface MissingPackage {
  readonly kind: "package";
  readonly name: string;
  readonly why: PackageError;
}

/** Where packages come from. */
export interface PackageSources {
  /** The project's folder. */
  readonly directory: string;
  /** What `npm ci` brings, whether it has run or not. */
  readonly lockedVersions: ReadonlyMap<string, string>;
  readonly packages: Packages;
}

interface Collected {
  readonly found: readonly PackageVersion[];
  readonly missing: readonly MissingPackage[];
}

/** The packages that a bundle loads, at the versions that its Action declares; installs those that are not here. */
export async function collectPackages(
  { dependencies = [] }: TenantAction,
  { form, imports }: Pick<Bundle, "form" | "imports">,
  { directory, lockedVersions, packages }: PackageSources,
): Promise<Collected> {
  const ofProject = createInstalledVersion(directory);
  const loaded = dependencies.filter(({ name }) => imports.some(({ packageName }) => packageName === name));
  const wanted = loaded.filter(({ name, version = "" }) =>
    // What is not pinned is a finding of its own, or older than any version that is here: the project's own will do.
    isExactVersion(version)
      ? lockedVersions.get(name) !== version
      : form === "as it is" && ofProject(name) === undefined,
  );
  const collected = await Promise.all(wanted.map((dependency) => collect(dependency, packages)));
  return { found: collected.flatMap(({ found }) => found), missing: collected.flatMap(({ missing }) => missing) };
}

async function collect(
  { name, version = "latest" }: { readonly name: string; readonly version?: string | undefined },
  packages: Packages,
): Promise<Collected> {
  try {
    const isOpen = version === "" || version === "latest";
    const wanted = { name, version: isOpen ? await packages.findLatest(name) : version };
    await packages.ensure(wanted);
    return { found: [wanted], missing: [] };
  } catch (why) {
    if (!(why instanceof PackageError)) throw why;
    return { found: [], missing: [{ kind: "package", name, why }] };
  }
}
