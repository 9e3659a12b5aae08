import { k8s } from 'cdk8s-plus-28';

/** Security context of every container: nothing that Linux lets a process do beyond its own files. */
export function restricted(user: number, more: k8s.SecurityContext = {}): k8s.SecurityContext {
  return {
    runAsUser: user,
    runAsGroup: user,
    runAsNonRoot: user !== 0,
    allowPrivilegeEscalation: false,
    privileged: false,
    readOnlyRootFilesystem: true,
    seccompProfile: { type: 'RuntimeDefault' },
    ...more,
    capabilities: { drop: ['ALL'], ...more.capabilities },
  };
}

/** What a container asks for and may use at most. No CPU limit: a throttled proxy makes peers give up on it. */
export function resources(cpu: string, memory: string, memoryLimit: string): k8s.ResourceRequirements {
  return {
    requests: { cpu: k8s.Quantity.fromString(cpu), memory: k8s.Quantity.fromString(memory) },
    limits: { memory: k8s.Quantity.fromString(memoryLimit) },
  };
}
