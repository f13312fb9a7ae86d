import type { PackageVersion } from "../../../local/auth0/actions/packages/package-folders.ts";

/** What the loading process is told, as JSON behind its program on standard input. */
export interface LoadRequest {
  /** Whose node_modules packages are taken from. */
  readonly directory: string;
  /** Milliseconds that the body of one bundle may take. */
  readonly timeout: number;
  readonly bundles: readonly BundleToLoad[];
}

export interface BundleToLoad {
  readonly code: string;
  /** Of the packages that it loads, the versions that are not the project's own. */
  readonly packages: readonly PackageVersion[];
  /** As tenant.yaml names it, known or not. */
  readonly trigger: string | undefined;
}

/** What the platform would find under one of the names that it may call. */
export interface FoundHandler {
  readonly name: string;
  readonly isExported: boolean;
  /** The platform's own words; missing when it takes the handler. */
  readonly refusal?: string;
}

export type LoadedBundle =
  | { readonly kind: "loaded"; readonly handlers: readonly FoundHandler[] }
  | { readonly kind: "threw"; readonly message: string }
  | { readonly kind: "stuck" }
  /** The process was gone before it had said all; `how`: its exit code, signal or reason. */
  | { readonly kind: "ended"; readonly how: string };

/** A line of JSON each, on file descriptor 3. What was loaded comes first, how it went on last. */
export type LoadReply =
  | { readonly kind: "loaded"; readonly bundles: readonly LoadedBundle[] }
  /** The event loop has turned: no promise holds it up. */
  | { readonly kind: "turning" }
  /** Thrown outside every bundle's body, in a callback or a promise. */
  | { readonly kind: "threw later"; readonly message: string }
  /** Nothing was left to do. */
  | { readonly kind: "idle" };
