import {
  createInstalledVersion,
  type InstalledVersion,
} from "../../../local/auth0/actions/build/installed-packages.ts";
import type { TenantAction } from "../../tenant/document.ts";
import type { Bundle, BundleResult } from "../bundle.ts";
import { loadBundles } from "./load-bundles.ts";
import type { LoadedBundle } from "./messages.ts";
import { type RunLoading, runLoading } from "./run-loading.ts";

/** What became of loading an Action's code, or what it needs that is not here. */
export type Loading = LoadedBundle | { readonly kind: "left out"; readonly missing: readonly Missing[] };

export type Missing =
  | { readonly kind: "module"; readonly specifier: string }
  | { readonly kind: "package"; readonly name: string; readonly version: string };

interface ActionToLoad {
  readonly action: TenantAction;
  readonly result: BundleResult;
}

/** Loads what can be loaded here, all at once. */
export async function loadActions<Entry extends ActionToLoad>(
  directory: string,
  actions: readonly Entry[],
  run: RunLoading = runLoading,
): Promise<readonly (Entry & { readonly loaded: Loading | undefined })[]> {
  const installedVersion = createInstalledVersion(directory);
  const bundled = actions.flatMap((entry) =>
    entry.result.kind === "bundled" && entry.result.bundle.broken.length === 0
      ? [
          {
            entry,
            code: entry.result.bundle.code,
            missing: listMissing(entry.action, entry.result.bundle, installedVersion),
          },
        ]
      : [],
  );
  const loadable = bundled.filter(({ missing }) => missing.length === 0);
  const loaded = await loadBundles(
    directory,
    loadable.map(({ entry, code }) => ({ code, trigger: entry.action.supported_triggers[0]?.id })),
    run,
  );
  const results = new Map<Entry, Loading | undefined>([
    ...bundled.map(({ entry, missing }) => [entry, { kind: "left out", missing }] as const),
    ...loadable.map(({ entry }, index) => [entry, loaded[index]] as const),
  ]);
  return actions.map((entry) => ({ ...entry, loaded: results.get(entry) }));
}

/** Of built Actions the packages are the project's own, so that one which is not here is an error of theirs. */
function listMissing(
  { dependencies = [] }: TenantAction,
  { form, imports }: Bundle,
  installedVersion: InstalledVersion,
): readonly Missing[] {
  const modules = new Set(imports.map(({ specifier }) => specifier).filter(isActionsModule));
  const absent = dependencies.filter(
    ({ name }) => imports.some(({ packageName }) => packageName === name) && installedVersion(name) === undefined,
  );
  return [
    ...[...modules].map((specifier): Missing => ({ kind: "module", specifier })),
    ...(form === "as it is" ? absent : []).map(
      ({ name, version = "latest" }): Missing => ({ kind: "package", name, version }),
    ),
  ];
}

/** Auth0 docs, "Actions Modules": code that Actions share, kept in the tenant. */
export const isActionsModule = (specifier: string): boolean => specifier.startsWith("actions:");
