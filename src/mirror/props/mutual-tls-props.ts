import type { CertificatePolicyProps } from './certificate-policy-props';
import type { IssuerProps } from './issuer-props';

/** Mutual TLS with certificates of cert-manager, or with your own. */
export interface MutualTlsProps {
  /**
   * Who signs the certificates, by way of cert-manager.
   *
   * @default - `secrets`: certificates are yours
   */
  readonly issuer?: IssuerProps;

  /**
   * Your own certificates, made without cert-manager: the names of their Secrets (type kubernetes.io/tls) in the mirror's namespace,
   * each with the keys that cert-manager writes, tls.crt, tls.key and ca.crt.
   *
   * @default - `issuer`: cert-manager makes them
   */
  readonly secrets?: CertificateSecretsProps;

  /**
   * What cert-manager is asked for. Only with `issuer`.
   *
   * @default - see each key
   */
  readonly certificates?: CertificatePolicyProps;

  /**
   * Whom to trust, instead of the ca.crt beside each certificate: a bundle of your own, so that two CAs can be trusted while one
   * takes over from the other.
   *
   * @default - the ca.crt beside each certificate
   */
  readonly trust?: TrustProps;

  /**
   * Trust domain of the identities: the host part of their URI SANs, spiffe://<trust domain>/ns/<namespace>/<identity>.
   * Two clusters that share a CA must not share a trust domain, or the peers of one are peers of the other.
   *
   * @default - the cluster's name
   * @pattern ^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$
   * @patternErrorMessage expected a DNS name in lower case, such as production or cluster.example.com
   * @maxLength 253
   */
  readonly trustDomain?: string;
}

/** Names of the Secrets of your own certificates: three that differ. */
export interface CertificateSecretsProps {
  /**
   * Secret with the proxy's certificate towards other mirrors, for server and client: URI SAN
   * spiffe://<trust domain>/ns/<namespace>/peer.
   *
   * @default mirror-peer
   * @pattern ^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$
   * @patternErrorMessage expected a DNS name in lower case, such as mirror-peer
   * @maxLength 253
   */
  readonly peer?: string;

  /**
   * Secret with the certificate of a node's containerd, for clients only: URI SAN spiffe://<trust domain>/ns/<namespace>/node.
   *
   * @default mirror-node
   * @pattern ^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$
   * @patternErrorMessage expected a DNS name in lower case, such as mirror-node
   * @maxLength 253
   */
  readonly node?: string;

  /**
   * Secret with the certificate of the entry and of the metrics, for servers only: URI SAN
   * spiffe://<trust domain>/ns/<namespace>/server, and the IP SAN of the entry, 127.0.0.1 unless it is a clusterIp.
   *
   * @default mirror-server
   * @pattern ^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$
   * @patternErrorMessage expected a DNS name in lower case, such as mirror-server
   * @maxLength 253
   */
  readonly server?: string;
}

/** A bundle of CA certificates in PEM, such as trust-manager keeps: one of the two. */
export interface TrustProps {
  /**
   * Name of a ConfigMap in the mirror's namespace, such as the target of a Bundle of trust-manager.
   *
   * @default - `secret` is used
   * @pattern ^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$
   * @patternErrorMessage expected a DNS name in lower case, such as mirror-trust
   * @maxLength 253
   */
  readonly configMap?: string;

  /**
   * Name of a Secret in the mirror's namespace: not the one of your CA, whose key no node may read.
   *
   * @default - `configMap` is used
   * @pattern ^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$
   * @patternErrorMessage expected a DNS name in lower case, such as mirror-trust
   * @maxLength 253
   */
  readonly secret?: string;

  /**
   * The key under which the bundle is.
   *
   * @default ca.crt
   * @pattern ^\.?[-_a-zA-Z0-9][-._a-zA-Z0-9]*$
   * @patternErrorMessage expected a key of a ConfigMap or Secret: letters, digits, '-', '_' and '.', such as ca.crt
   * @maxLength 253
   */
  readonly key?: string;
}
