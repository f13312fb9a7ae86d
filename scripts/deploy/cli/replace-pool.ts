import { createRequire } from "node:module";

/** Requests at once. More would only run into the tenant's rate limit, which the fetch waits out as its headers say. */
const CONCURRENCY = 6;

interface PoolModule {
  PromisePoolExecutor: new (options: { readonly concurrencyLimit: number }) => object;
}

/**
 * The Deploy CLI (8.44) sends at most 8 requests a second, whatever the tenant allows: an export of every kind would take 10 s.
 * This puts a pool without that limit in the place of the one that it loads.
 */
export function replacePool(cli: string): void {
  const pools = createRequire(cli)("promise-pool-executor") as PoolModule;
  const Pool = pools.PromisePoolExecutor;
  pools.PromisePoolExecutor = class extends Pool {
    constructor() {
      super({ concurrencyLimit: CONCURRENCY });
    }
  };
}
