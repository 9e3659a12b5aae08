import type { Manifest } from '../../kubectl/kubectl-writer';
import { PORT, ROLE_LABEL } from '../../probe/probe-containers';

/** A policy for the pods of a role, by its spec without the selector. */
export function policyFor(role: string, spec: object): Manifest {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: `check-${role}` },
    spec: { podSelector: { matchLabels: { [ROLE_LABEL]: role } }, ...spec },
  };
}

/** Roles of pods that try to reach the pod that serves. */
export const clientRoles = ['allowed', 'no-ingress', 'no-egress'] as const;

/** Role of the pod that serves. */
export const SERVER_ROLE = 'server';

/**
 * Policies under which one client may do all, one may send to a server that lets it not in, and one may not send to a server that would
 * let it in. All else of a run's pods is denied.
 */
export function enforcementPolicies(): Manifest[] {
  const peers = (...roles: string[]) => [
    { podSelector: { matchExpressions: [{ key: ROLE_LABEL, operator: 'In', values: roles }] } },
  ];
  const ports = [{ port: PORT, protocol: 'TCP' }];
  const out = { policyTypes: ['Egress'], egress: [{ to: peers(SERVER_ROLE), ports }] };
  return [
    policyFor(SERVER_ROLE, { policyTypes: ['Ingress'], ingress: [{ from: peers('allowed', 'no-egress'), ports }] }),
    policyFor('allowed', out),
    policyFor('no-ingress', out),
  ];
}
