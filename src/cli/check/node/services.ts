import type { Platform } from '../../../mirror/props/containerd-props';

/** How a platform starts containerd. */
export interface Service {
  /** Units of systemd that start it. */
  readonly units: readonly string[];
  /**
   * A file of variables that it gets too.
   *
   * @default - none
   */
  readonly environment?: string;
}

const STANDARD: Service = { units: ['containerd.service'] };

/** How each platform starts containerd: `src/mirror/platforms.ts` names the documents. */
export const services: Record<Platform, Service> = {
  containerd: STANDARD,
  k3s: { units: ['k3s.service', 'k3s-agent.service'] },
  rke2: { units: ['rke2-server.service', 'rke2-agent.service'] },
  k0s: { units: ['k0scontroller.service', 'k0sworker.service'] },
  microk8s: {
    units: ['snap.microk8s.daemon-containerd.service'],
    environment: '/var/snap/microk8s/current/args/containerd-env',
  },
  // Its services have no units: nothing on the node says what they get.
  talos: { units: [] },
  eks: STANDARD,
  gke: STANDARD,
  aks: STANDARD,
  kind: STANDARD,
};
