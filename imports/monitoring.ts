import { ApiObject, type ApiObjectMetadata } from 'cdk8s';
import type { Construct } from 'constructs';

/** Makes Prometheus scrape pods. monitoring.coreos.com/v1, kind PodMonitor: https://prometheus-operator.dev/docs/api-reference/api/ */
export class PodMonitor extends ApiObject {
  /**
   * @param scope parent
   * @param id id in the parent
   * @param props which pods are scraped, and how
   */
  public constructor(scope: Construct, id: string, { metadata, podLabels, endpoints }: PodMonitorProps) {
    super(scope, id, {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PodMonitor',
      metadata,
      spec: { selector: { matchLabels: podLabels }, podMetricsEndpoints: endpoints },
    });
  }
}

/** Which pods are scraped, and how. */
export interface PodMonitorProps {
  /** Name, namespace, labels. */
  readonly metadata: ApiObjectMetadata;
  /** Labels of the pods. */
  readonly podLabels: { readonly [label: string]: string };
  /** What of each pod is scraped. */
  readonly endpoints: PodMetricsEndpoint[];
}

/** A path of each pod. */
export interface PodMetricsEndpoint {
  /** Name of the port. */
  readonly port: string;
  /** The path. */
  readonly path: string;
  /** How often it is read. */
  readonly interval: string;
  /** The scheme. */
  readonly scheme: 'http' | 'https';
  /**
   * The certificates.
   *
   * @default - none
   */
  readonly tlsConfig?: SafeTlsConfig;
  /**
   * The keys of a Secret with a user name and a password.
   *
   * @default - none
   */
  readonly basicAuth?: { readonly username: KeySelector; readonly password: KeySelector };
  /** Changes of the labels that all of its series get. */
  readonly relabelings: RelabelConfig[];
}

/** The certificates of a scraper. */
export interface SafeTlsConfig {
  /** Name in the certificate of the pods. */
  readonly serverName: string;
  /** CA of the pods' certificate. */
  readonly ca: { readonly secret?: KeySelector; readonly configMap?: KeySelector };
  /** Certificate of the scraper. */
  readonly cert: { readonly secret: KeySelector };
  /** Its key. */
  readonly keySecret: KeySelector;
}

/** A key of a Secret or ConfigMap. */
export interface KeySelector {
  /** Name of the object. */
  readonly name: string;
  /** The key. */
  readonly key: string;
}

/** Sets a label: to the value of another, or to a text. */
export interface RelabelConfig {
  /**
   * Label with the value.
   *
   * @default - none: the replacement is the value
   */
  readonly sourceLabels?: string[];
  /** The label. */
  readonly targetLabel: string;
  /**
   * The text.
   *
   * @default - the value of the source label
   */
  readonly replacement?: string;
}

/** Rules of Prometheus. monitoring.coreos.com/v1, kind PrometheusRule: https://prometheus-operator.dev/docs/api-reference/api/ */
export class PrometheusRule extends ApiObject {
  /**
   * @param scope parent
   * @param id id in the parent
   * @param props the rules
   */
  public constructor(scope: Construct, id: string, { metadata, groups }: PrometheusRuleProps) {
    super(scope, id, {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata,
      spec: { groups },
    });
  }
}

/** Groups of rules. */
export interface PrometheusRuleProps {
  /** Name, namespace, labels. */
  readonly metadata: ApiObjectMetadata;
  /** The groups; each in order. */
  readonly groups: RuleGroup[];
}

/** Rules that Prometheus evaluates one after the other. */
export interface RuleGroup {
  /** Its name. */
  readonly name: string;
  /** The rules. */
  readonly rules: Rule[];
}

/** A recording rule, or an alert. */
export interface Rule {
  /**
   * Name of the series that it records.
   *
   * @default - it is an alert
   */
  readonly record?: string;
  /**
   * Name of the alert.
   *
   * @default - it records
   */
  readonly alert?: string;
  /** The query. */
  readonly expr: string;
  /**
   * How long the query must find something before the alert fires.
   *
   * @default - at once
   */
  readonly for?: string;
  /**
   * Labels that it adds.
   *
   * @default - none
   */
  readonly labels?: { readonly [label: string]: string };
  /**
   * Annotations of the alert.
   *
   * @default - none
   */
  readonly annotations?: { readonly [annotation: string]: string };
}
