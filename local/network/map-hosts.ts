import { syncBuiltinESMExports } from "node:module";
import { patchConnections, patchTrust } from "./connections.ts";
import { createLookup, type HostMap } from "./host-map.ts";
import { patchNames } from "./names.ts";

export interface MapHostsOptions {
  /** Refuses every host that is not mapped with a HostNotMappedError, loopback, sockets in the file system and UDP included. */
  readonly refuseOthers: boolean;
}

let active = false;

/**
 * Lets this thread reach public names on loopback ports, under their names and with TLS checked, through whatever client
 * the code uses: nothing in that code knows. Returns what undoes it. Child processes and other threads are not touched.
 * It keeps honest code on the machine; it is not a sandbox for hostile code. Throws when a map is in force already.
 */
export function mapHosts(hosts: HostMap, { refuseOthers }: MapHostsOptions): () => void {
  if (active) throw new Error("Hosts are mapped already in this thread: undo that first.");
  const lookup = createLookup(hosts);
  const patches = [patchConnections(lookup, refuseOthers), patchTrust(lookup), patchNames(lookup, refuseOthers)];
  active = true;
  // So that `import { lookup } from "node:dns"` sees the change as well.
  syncBuiltinESMExports();
  return () => {
    if (!active) return;
    active = false;
    for (const restore of patches) restore();
    syncBuiltinESMExports();
  };
}
