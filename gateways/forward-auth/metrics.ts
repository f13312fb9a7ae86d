import type { Decision } from "../authorizer/decision.ts";
import type { Gateway } from "../open-gateway.ts";

export interface Metrics {
  count(decision: Decision, seconds: number): void;
  /** Prometheus' text format. */
  render(): string;
}

/** Seconds. A decision with known keys takes tens of microseconds; one that asks Stripe, a tenth of a second. */
const BUCKETS = [0.0001, 0.00025, 0.0005, 0.001, 0.005, 0.025, 0.1, 0.5, 2.5] as const;

export function createMetrics({ authorizer, billing, meter }: Gateway): Metrics {
  const decisions = new Map<string, { readonly status: number; count: number }>();
  /** Of each bucket by itself, the last one without a bound; added up when they are asked for. */
  const within = [...BUCKETS.map(() => 0), 0];
  let total = 0;
  let duration = 0;

  return {
    count(decision, seconds) {
      const [status, code] = decision.kind === "refused" ? [decision.status, decision.code] : [200, decision.kind];
      const counter = decisions.get(code) ?? { status, count: 0 };
      counter.count += 1;
      if (counter.count === 1) decisions.set(code, counter);
      const bucket = BUCKETS.findIndex((bound) => seconds <= bound);
      const place = bucket < 0 ? BUCKETS.length : bucket;
      within[place] = (within[place] ?? 0) + 1;
      total += 1;
      duration += seconds;
    },
    render() {
      const keys = authorizer.keys.stats;
      return [
        ...head("authorizer_decisions_total", "counter", "Decisions by status and reason."),
        ...[...decisions].map(
          ([code, { status, count }]) => `authorizer_decisions_total{status="${status}",code="${code}"} ${count}`,
        ),
        ...head("authorizer_decision_seconds", "histogram", "Time that decisions took."),
        ...BUCKETS.map((bound, index) => `authorizer_decision_seconds_bucket{le="${bound}"} ${sumUpTo(within, index)}`),
        `authorizer_decision_seconds_bucket{le="+Inf"} ${total}`,
        `authorizer_decision_seconds_sum ${duration}`,
        `authorizer_decision_seconds_count ${total}`,
        ...value("authorizer_keys", "gauge", "Keys of the issuer that are known.", keys.keys),
        ...value("authorizer_key_fetches_total", "counter", "Readings of the key set.", keys.fetches),
        ...value("authorizer_key_fetch_failures_total", "counter", "Readings that failed.", keys.failures),
        ...(keys.age === undefined
          ? []
          : value("authorizer_keys_age_seconds", "gauge", "Age of the key set.", keys.age / 1000)),
        ...(billing === undefined
          ? []
          : [
              ...value("authorizer_stripe_reads_total", "counter", "Reads made at Stripe.", billing.ration.spent),
              ...value("authorizer_stripe_reads_left", "gauge", "Reads left of the ration.", billing.ration.left),
            ]),
        ...(meter === undefined
          ? []
          : [
              ...value("authorizer_metered_requests_total", "counter", "Requests counted.", meter.stats.counted),
              ...value("authorizer_metering_batches_waiting", "gauge", "Batches not sent yet.", meter.stats.waiting),
              ...value("authorizer_metering_dead_letters", "gauge", "Events not billed.", meter.stats.deadLetters),
            ]),
        "",
      ].join("\n");
    },
  };
}

const sumUpTo = (numbers: readonly number[], last: number): number =>
  numbers.slice(0, last + 1).reduce((sum, one) => sum + one, 0);
const head = (name: string, type: string, help: string): readonly string[] => [
  `# HELP ${name} ${help}`,
  `# TYPE ${name} ${type}`,
];
const value = (name: string, type: string, help: string, number: number): readonly string[] => [
  ...head(name, type, help),
  `${name} ${number}`,
];
