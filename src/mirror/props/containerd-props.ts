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

/** containerd on the nodes, where it differs from the platform's. */
export interface ContainerdProps extends ContainerdPaths {
  /**
   * Whether the node agent makes the list that is containerd's own default for `config_path` lead to `registryConfig`, so that nodes
   * which nobody configured use the mirror, without a restart. containerd 2.2 and newer, which have that list, take it for one path when
   * they pull; the agent keeps a link there, `/etc/containerd/certs.d:/etc`. It brings settings that others left in /etc/containerd/certs.d
   * into force, too. `true` needs /etc/containerd/certs.d, the first folder of the list, as `registryConfig`.
   *
   * @default - true with that folder on the platforms `containerd`, `eks`, `k0s` and `kind`, whose own configuration may leave the list in force
   */
  readonly linkDefaultList?: boolean;
}
