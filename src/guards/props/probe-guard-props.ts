import type { GuardProps } from './guard-props';

/** Keeps the kubelet from calling other hosts for a pod: probes and lifecycle hooks call the pod itself. */
export interface ProbeGuardProps extends GuardProps {
  /**
   * Namespaces whose probes and hooks may name a host, beside kube-system.
   *
   * @default - kube-system alone
   */
  readonly exceptNamespaces?: string[];
}
