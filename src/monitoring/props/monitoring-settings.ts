/** Settings of what watches one cluster's mirror. */
export interface MonitoringSettings {
  /**
   * Objects by which Prometheus and Grafana watch the mirror: docs/monitoring.md.
   *
   * @default - none
   */
  readonly monitoring?: MonitoringProps;
}

/** Objects by which Prometheus and Grafana watch the mirror. PodMonitor and PrometheusRule need the Prometheus Operator. */
export interface MonitoringProps {
  /**
   * Whether the Prometheus Operator scrapes the mirror's pods, by a PodMonitor. Needs `metrics`, which says who may read them.
   *
   * @default false
   */
  readonly podMonitor?: boolean;

  /**
   * How often the PodMonitor reads the metrics, such as 30s or 1m.
   *
   * @default 30s
   * @pattern ^[1-9][0-9]{0,3}[sm]$
   * @patternErrorMessage expected a number of seconds or minutes, such as 30s or 1m
   */
  readonly interval?: string;

  /**
   * Whether there are recording rules and alerts, as a PrometheusRule. They know this cluster's limits, certificates and tokens.
   *
   * @default false
   */
  readonly rules?: boolean;

  /**
   * Whether there is a dashboard for Grafana, as a ConfigMap with the label `grafana_dashboard: "1"`, by which Grafana's charts find it.
   * Needs `metrics`, and `rules`, whose series it shows.
   *
   * @default false
   */
  readonly dashboard?: boolean;

  /**
   * Labels of the PodMonitor and the PrometheusRule, where your Prometheus selects them by labels: `release: prometheus` for
   * one that the chart kube-prometheus-stack installed under this name.
   *
   * @default - none, beside the labels that every object has
   */
  readonly labels?: { readonly [label: string]: string };
}
