/** The places in a flush where a crash leaves something different behind. Tests kill the process at each of them. */
export const failpoints = [
  "appended",
  "rotated",
  "batch drafted",
  "batch written",
  "segment removed",
  "attempt noted",
  "sent",
  "settlement noted",
  "dead letter written",
  "batch removed",
  "progress removed",
] as const;

export type Failpoint = (typeof failpoints)[number];
export type ReachFailpoint = (failpoint: Failpoint) => void;
