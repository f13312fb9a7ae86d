import { createPackages } from "../../../local/auth0/actions/packages/packages.ts";
import type { TenantAction } from "../../tenant/document.ts";
import type { Bundle, BundleResult } from "../bundle.ts";
import { collectPackages, type MissingPackage, type PackageSources } from "./collect-packages.ts";
import { loadBundles } from "./load-bundles.ts";
import type { LoadedBundle } from "./messages.ts";
import { type RunLoading, runLoading } from "./run-loading.ts";

/** What became of loading an Action's code, or what it needs that is not here. */
export type Loading = LoadedBundle | { readonly kind: "left out"; readonly missing: readonly Missing[] };

export type Missing = { readonly kind: "module"; readonly specifier: string } | MissingPackage;

interface ActionToLoad {
  readonly action: TenantAction;
  readonly result: BundleResult;
}

/** Loads what can be loaded here, all at once; packages that are not here are installed for it. */
export async function loadActions<Entry extends ActionToLoad>(
  { directory, lockedVersions }: Omit<PackageSources, "packages">,
  actions: readonly Entry[],
  run: RunLoading = runLoading,
): Promise<readonly (Entry & { readonly loaded: Loading | undefined })[]> {
  const sources: PackageSources = { directory, lockedVersions, packages: createPackages(directory) };
  const bundled = await Promise.all(
    actions.flatMap((entry) =>
      entry.result.kind === "bundled" && entry.result.bundle.broken.length === 0
        ? [prepare(entry, entry.result.bundle, sources)]
        : [],
    ),
  );
  const loadable = bundled.filter(({ missing }) => missing.length === 0);
  const loaded = await loadBundles(
    directory,
    loadable.map(({ entry, code, found }) => ({
      code,
      packages: found,
      trigger: entry.action.supported_triggers[0]?.id,
    })),
    run,
  );
  const results = new Map<Entry, Loading | undefined>([
    ...bundled.map(({ entry, missing }) => [entry, { kind: "left out", missing }] as const),
    ...loadable.map(({ entry }, index) => [entry, loaded[index]] as const),
  ]);
  return actions.map((entry) => ({ ...entry, loaded: results.get(entry) }));
}

async function prepare<Entry extends ActionToLoad>(entry: Entry, bundle: Bundle, sources: PackageSources) {
  const modules = new Set(bundle.imports.map(({ specifier }) => specifier).filter(isActionsModule));
  const { found, missing } = await collectPackages(entry.action, bundle, sources);
  return {
    entry,
    code: bundle.code,
    found,
    missing: [...[...modules].map((specifier): Missing => ({ kind: "module", specifier })), ...missing],
  };
}

/** Auth0 docs, "Actions Modules": code that Actions share, kept in the tenant. */
export const isActionsModule = (specifier: string): boolean => specifier.startsWith("actions:");
