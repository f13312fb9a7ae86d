import type { HostMap } from "../../../network/host-map.ts";

/** What a thread is started with. */
export interface WorkerSetup {
  /** Whose node_modules Actions take their dependencies from. */
  readonly directory: string;
  /** What Actions can reach; everything else is refused. */
  readonly hosts: HostMap;
}
