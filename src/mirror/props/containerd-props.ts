/** What a node runs. */
export type Platform = 'containerd' | 'k3s' | 'rke2' | 'k0s' | 'microk8s' | 'talos' | 'eks' | 'gke' | 'aks' | 'kind';

/** Paths of containerd on the nodes. */
export interface ContainerdPaths {
  /**
   * Its socket.
   *
   * @default - the platform's
   * @pattern ^/[^\s:]+$
   * @patternErrorMessage expected an absolute path, without spaces and ':', such as /run/containerd/containerd.sock
   */
  readonly socket?: string;

  /**
   * Its content store: the folder io.containerd.content.v1.content.
   *
   * @default - the platform's
   * @pattern ^/[^\s:]+$
   * @patternErrorMessage expected an absolute path, without spaces and ':', such as
   * /var/lib/containerd/io.containerd.content.v1.content
   */
  readonly content?: string;

  /**
   * Its folder of registry settings: `config_path` in its configuration.
   *
   * @default - the platform's
   * @pattern ^/[^\s:]+$
   * @patternErrorMessage expected an absolute path, without spaces and ':', such as /etc/containerd/certs.d
   */
  readonly registryConfig?: string;
}
