/** The places in a flush where a crash leaves something different behind. Tests kill the process at each of them. */
export const FAILPOINTS = [
  "appended",
  "segments ended",
  "batch drafted",
  "batch written",
  "segment removed",
  "batches made",
  "attempt noted",
  "sent",
  "settlement noted",
  "dead letter written",
  "batch removed",
  "progress removed",
] as const;

type Failpoint = (typeof FAILPOINTS)[number];
export type ReachFailpoint = (failpoint: Failpoint) => void;
