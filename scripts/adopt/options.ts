import type { RetryPolicy } from "../deploy/retrying-fetch.ts";
import type { Environment } from "../tenant/read-environment.ts";

export interface AdoptOptions {
  /** The project's folder. */
  readonly directory: string;
  readonly environment: Environment;
  /** `--env`: the file of that name gets the variables. */
  readonly environmentName?: string | undefined;
  readonly sections: readonly string[];
  /** Whether files that are there and have other contents may be overwritten. */
  readonly force?: boolean | undefined;
  readonly retryPolicy?: Partial<RetryPolicy>;
}

export interface OverlayOptions extends AdoptOptions {
  readonly environmentName: string;
}
