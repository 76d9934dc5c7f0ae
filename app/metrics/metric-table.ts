/** One metric as `/metrics` shows it, and as docs/operations.md explains it. */
export interface MetricRow {
  /** By Prometheus's rules: a base unit at the end, `_total` for what only grows. */
  name: string;
  kind: "counter" | "gauge" | "histogram";
  /** The names of its labels. Their values are few: never a repository, a person or a branch. */
  labels: readonly string[];
  says: string;
}

/** Every metric of the App. What is not in it is not counted: `countersign_metrics_dropped_total` then grows. */
export const metricRows: readonly MetricRow[] = [
  {
    name: "countersign_deliveries_total",
    kind: "counter",
    labels: ["outcome"],
    says: "Webhook deliveries by what became of them: `stored`, `known` (came again), `other-body` (the same id with other bytes), `bad-signature`, `bad-request`, `wrong-shape`, `too-large`, `busy`, `store-fault`, `gone` (the sender hung up), `slow` (the body came too slowly, or gave way to others).",
  },
  {
    name: "countersign_delivery_seconds",
    kind: "histogram",
    labels: [],
    says: "From the first byte of a delivery to its answer, for those that were answered 202.",
  },
  {
    name: "countersign_bodies",
    kind: "gauge",
    labels: [],
    says: "Deliveries that are being received right now.",
  },
  {
    name: "countersign_deliveries_waiting",
    kind: "gauge",
    labels: [],
    says: "Stored deliveries that nobody has worked through yet. Read when the metrics are asked for.",
  },
  {
    name: "countersign_deliveries_oldest_seconds",
    kind: "gauge",
    labels: [],
    says: "How long the oldest of them has waited. Alarm above 300.",
  },
  {
    name: "countersign_subjects_waiting",
    kind: "gauge",
    labels: [],
    says: "Pull requests and merge groups that are to be judged. Read when the metrics are asked for.",
  },
  {
    name: "countersign_subjects_oldest_seconds",
    kind: "gauge",
    labels: [],
    says: "How long the oldest of them has waited. Alarm above 600: the watchdog then publishes a failure.",
  },
  {
    name: "countersign_worked_total",
    kind: "counter",
    labels: ["outcome"],
    says: "Deliveries that were worked through: `handled`, `ignored`, `refused` (of no documented shape), `failed` (tried again later).",
  },
  {
    name: "countersign_judged_total",
    kind: "counter",
    labels: ["outcome"],
    says: "Pull requests and merge groups by what judging them came to; `failed` is tried again later.",
  },
  {
    name: "countersign_judging_seconds",
    kind: "histogram",
    labels: [],
    says: "From taking a pull request up to having published its verdict.",
  },
  {
    name: "countersign_published_total",
    kind: "counter",
    labels: ["conclusion"],
    says: "Check runs that were written, by their conclusion. The same verdict again writes none.",
  },
  {
    name: "countersign_swept_total",
    kind: "counter",
    labels: [],
    says: "Pull requests that a sweep had judged again, because something about them was another than before.",
  },
  {
    name: "countersign_redelivered_total",
    kind: "counter",
    labels: [],
    says: "Deliveries that GitHub was asked to send again, because they had not arrived.",
  },
  {
    name: "countersign_redelivery_left",
    kind: "gauge",
    labels: [],
    says: "Deliveries that did not arrive and that GitHub is still to be asked for: too many for one round, or GitHub refused. Alarm above 0 for an hour.",
  },
  {
    name: "countersign_redelivery_unseen",
    kind: "gauge",
    labels: [],
    says: "1 when GitHub had tried more deliveries than the 40,000 that are looked at in a round: older ones that did not arrive are left to the sweep. Alarm on 1.",
  },
  {
    name: "countersign_late",
    kind: "gauge",
    labels: [],
    says: "Pull requests whose verdict is overdue, and was published as a failure. Alarm above 0.",
  },
  {
    name: "countersign_store_up",
    kind: "gauge",
    labels: [],
    says: "1 when the database could be written and read just now, else 0. Alarm on 0.",
  },
  {
    name: "countersign_event_loop_seconds",
    kind: "gauge",
    labels: [],
    says: "The 99th percentile of what the process kept its work waiting since the metrics were last asked for. Alarm above 0.2.",
  },
  {
    name: "countersign_metrics_dropped_total",
    kind: "counter",
    labels: [],
    says: "What was not counted, for want of a row in this table or because a metric had more than 200 sets of labels. Always 0, or it is a defect.",
  },
  {
    name: "process_resident_memory_bytes",
    kind: "gauge",
    labels: [],
    says: "Memory of the process that is in RAM.",
  },
  {
    name: "process_cpu_seconds_total",
    kind: "counter",
    labels: [],
    says: "CPU time of the process, user and system.",
  },
  {
    name: "process_start_time_seconds",
    kind: "gauge",
    labels: [],
    says: "When the process started, in seconds since 1970.",
  },
];
