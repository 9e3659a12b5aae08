import * as admission from '@pulumi/kubernetes/admissionregistration/v1';
import { CustomResource as Custom } from '@pulumi/kubernetes/apiextensions';
import * as apps from '@pulumi/kubernetes/apps/v1';
import * as core from '@pulumi/kubernetes/core/v1';
import * as networking from '@pulumi/kubernetes/networking/v1';
import * as rbac from '@pulumi/kubernetes/rbac/v1';
import type { CustomResource, CustomResourceOptions } from '@pulumi/pulumi';
import { stackLabels } from '../kubernetes/names';
import type { KubernetesObject } from './kubernetes-object';

/** A class of resources of Pulumi's Kubernetes provider. */
type ResourceClass = new (name: string, args: never, opts?: CustomResourceOptions) => CustomResource;

/**
 * Steps in which a cluster needs the objects. The provider waits until a DaemonSet's pods are ready, and until a Service has some, so
 * that neither may wait for the other.
 */
export enum Step {
  NAMESPACE,
  GUARDS,
  CONFIGURATION,
  CERTIFICATES,
  WORKLOAD,
  GATE,
}

const KINDS: { readonly [kind: string]: readonly [ResourceClass, Step] } = {
  'v1/Namespace': [core.Namespace, Step.NAMESPACE],
  'v1/ResourceQuota': [core.ResourceQuota, Step.GUARDS],
  'v1/ServiceAccount': [core.ServiceAccount, Step.GUARDS],
  'networking.k8s.io/v1/NetworkPolicy': [networking.NetworkPolicy, Step.GUARDS],
  'cilium.io/v2/CiliumNetworkPolicy': [Custom, Step.GUARDS],
  'cilium.io/v2/CiliumClusterwideNetworkPolicy': [Custom, Step.GUARDS],
  'projectcalico.org/v3/NetworkPolicy': [Custom, Step.GUARDS],
  'projectcalico.org/v3/GlobalNetworkPolicy': [Custom, Step.GUARDS],
  'rbac.authorization.k8s.io/v1/Role': [rbac.Role, Step.GUARDS],
  'rbac.authorization.k8s.io/v1/RoleBinding': [rbac.RoleBinding, Step.GUARDS],
  'rbac.authorization.k8s.io/v1/ClusterRole': [rbac.ClusterRole, Step.CONFIGURATION],
  'rbac.authorization.k8s.io/v1/ClusterRoleBinding': [rbac.ClusterRoleBinding, Step.CONFIGURATION],
  'admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy': [admission.ValidatingAdmissionPolicy, Step.GUARDS],
  'admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding': [
    admission.ValidatingAdmissionPolicyBinding,
    Step.GUARDS,
  ],
  'admissionregistration.k8s.io/v1/MutatingAdmissionPolicy': [admission.MutatingAdmissionPolicy, Step.GUARDS],
  'admissionregistration.k8s.io/v1/MutatingAdmissionPolicyBinding': [
    admission.MutatingAdmissionPolicyBinding,
    Step.GUARDS,
  ],
  'v1/ConfigMap': [core.ConfigMap, Step.CONFIGURATION],
  'v1/Secret': [core.Secret, Step.CONFIGURATION],
  'external-secrets.io/v1/ExternalSecret': [Custom, Step.CONFIGURATION],
  'policy.cert-manager.io/v1alpha1/CertificateRequestPolicy': [Custom, Step.CONFIGURATION],
  'cert-manager.io/v1/Issuer': [Custom, Step.CERTIFICATES],
  'cert-manager.io/v1/Certificate': [Custom, Step.CERTIFICATES],
  'v1/Service': [core.Service, Step.WORKLOAD],
  'apps/v1/DaemonSet': [apps.DaemonSet, Step.WORKLOAD],
  'monitoring.coreos.com/v1/PodMonitor': [Custom, Step.GATE],
  'monitoring.coreos.com/v1/PrometheusRule': [Custom, Step.GATE],
  'readiness.node.x-k8s.io/v1alpha1/NodeReadinessRule': [Custom, Step.GATE],
};

/**
 * The class of an object's resource, and its step. ServiceAccounts of workloads are others': what is added to them is a patch, which is
 * given up, not deleted, with the stack.
 *
 * @param object the object
 */
export function resourceKind({ apiVersion, kind, metadata }: KubernetesObject): readonly [ResourceClass, Step] {
  const ours = Object.entries(stackLabels).every(([label, value]) => metadata.labels?.[label] === value);
  if (kind === 'ServiceAccount' && !ours) return [core.ServiceAccountPatch, Step.CERTIFICATES];
  const known = KINDS[`${apiVersion}/${kind}`];
  if (known === undefined) throw new Error(`${apiVersion} ${kind} has no class of resources`);
  return known;
}
