import type { Platform } from '../../../mirror/props/containerd-props';

/** How a platform starts containerd. */
export interface Service {
  /** The main file of containerd's configuration. */
  readonly main: string;
  /** Units of systemd that start it. */
  readonly units: readonly string[];
  /** A file of variables that it gets too. */
  readonly environment?: string;
}

const STANDARD: Service = { main: '/etc/containerd/config.toml', units: ['containerd.service'] };

/** How each platform starts containerd: `src/mirror/platforms.ts` names the documents. */
export const services: Record<Platform, Service> = {
  containerd: STANDARD,
  k3s: {
    main: '/var/lib/rancher/k3s/agent/etc/containerd/config.toml',
    units: ['k3s.service', 'k3s-agent.service'],
  },
  rke2: {
    main: '/var/lib/rancher/rke2/agent/etc/containerd/config.toml',
    units: ['rke2-server.service', 'rke2-agent.service'],
  },
  k0s: { main: '/etc/k0s/containerd.toml', units: ['k0scontroller.service', 'k0sworker.service'] },
  microk8s: {
    main: '/var/snap/microk8s/current/args/containerd.toml',
    units: ['snap.microk8s.daemon-containerd.service'],
    environment: '/var/snap/microk8s/current/args/containerd-env',
  },
  // Its services have no units; what it gives them cannot be read on the node.
  talos: { main: '/etc/cri/containerd.toml', units: [] },
  eks: STANDARD,
  gke: STANDARD,
  aks: STANDARD,
  kind: STANDARD,
};
