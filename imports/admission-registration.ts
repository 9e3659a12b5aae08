import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { clusterWide } from './cluster-wide';

const API = 'admissionregistration.k8s.io/v1';

/**
 * Refuses objects by CEL. admissionregistration.k8s.io/v1, kind ValidatingAdmissionPolicy, with a binding of the same name:
 * https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/ (Kubernetes 1.30). Newer than the types of
 * cdk8s-plus-28.
 */
export class ValidatingAdmissionPolicy extends ApiObject {
  /**
   * @param scope parent
   * @param id id in the parent
   * @param props what it refuses
   */
  public constructor(scope: Construct, id: string, props: ValidatingAdmissionPolicyProps) {
    const { name, labels, validationActions = ['Deny'], parameters, ...spec } = props;
    const metadata = { name, labels };
    super(scope, id, {
      apiVersion: API,
      kind: 'ValidatingAdmissionPolicy',
      metadata,
      spec: { failurePolicy: 'Fail', paramKind: parameters?.kind, ...spec },
    });
    clusterWide(this);
    const binding = new ApiObject(scope, `${id}-binding`, {
      apiVersion: API,
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata,
      spec: { policyName: name, paramRef: parameters?.ref, validationActions },
    });
    clusterWide(binding);
  }
}

/** What a ValidatingAdmissionPolicy refuses. */
export interface ValidatingAdmissionPolicyProps {
  /** Its name. */
  readonly name: string;
  /** Its labels. */
  readonly labels: { readonly [label: string]: string };
  /** What it looks at. */
  readonly matchConstraints: MatchConstraints;
  /**
   * Which of these it judges.
   *
   * @default - all
   */
  readonly matchConditions?: { readonly name: string; readonly expression: string }[];
  /** Expressions that others use by name. */
  readonly variables: { readonly name: string; readonly expression: string }[];
  /** What must be true, and the message where it is false. */
  readonly validations: { readonly expression: string; readonly messageExpression: string; readonly reason: string }[];
  /**
   * What happens when an expression fails, or the policy cannot be asked.
   *
   * @default Fail
   */
  readonly failurePolicy?: 'Fail' | 'Ignore';
  /**
   * What happens when something is false.
   *
   * @default - Deny
   */
  readonly validationActions?: ('Deny' | 'Warn' | 'Audit')[];
  /**
   * The object that expressions read as `params`.
   *
   * @default - none
   */
  readonly parameters?: {
    readonly kind: { readonly apiVersion: string; readonly kind: string };
    readonly ref: {
      readonly name: string;
      readonly parameterNotFoundAction: 'Allow' | 'Deny';
    };
  };
}

/**
 * Changes objects by CEL. admissionregistration.k8s.io/v1, kind MutatingAdmissionPolicy, with a binding of the same name:
 * https://kubernetes.io/docs/reference/access-authn-authz/mutating-admission-policy/ (Kubernetes 1.36).
 */
export class MutatingAdmissionPolicy extends ApiObject {
  /**
   * @param scope parent
   * @param id id in the parent
   * @param props what it changes
   */
  public constructor(scope: Construct, id: string, props: MutatingAdmissionPolicyProps) {
    const { name, labels, jsonPatch, ...spec } = props;
    const metadata = { name, labels };
    super(scope, id, {
      apiVersion: API,
      kind: 'MutatingAdmissionPolicy',
      metadata,
      spec: {
        failurePolicy: 'Fail',
        reinvocationPolicy: 'IfNeeded',
        ...spec,
        mutations: [{ patchType: 'JSONPatch', jsonPatch: { expression: jsonPatch } }],
      },
    });
    clusterWide(this);
    const binding = new ApiObject(scope, `${id}-binding`, {
      apiVersion: API,
      kind: 'MutatingAdmissionPolicyBinding',
      metadata,
      spec: { policyName: name },
    });
    clusterWide(binding);
  }
}

/** What a MutatingAdmissionPolicy changes. */
export interface MutatingAdmissionPolicyProps {
  /** Its name. */
  readonly name: string;
  /** Its labels. */
  readonly labels: { readonly [label: string]: string };
  /** What it looks at. */
  readonly matchConstraints: MatchConstraints;
  /** Which of these it changes. */
  readonly matchConditions: { readonly name: string; readonly expression: string }[];
  /** A list of JSON patches, as an expression. */
  readonly jsonPatch: string;
}

/** Kinds and operations. */
export interface ResourceRule {
  readonly apiGroups: string[];
  readonly apiVersions: string[];
  readonly operations: string[];
  readonly resources: string[];
}

/** Requests that a policy looks at. */
export interface MatchConstraints {
  /** What it looks at. */
  readonly resourceRules: ResourceRule[];
  /**
   * Namespaces.
   *
   * @default - all
   */
  readonly namespaceSelector?: {
    readonly matchExpressions: { readonly key: string; readonly operator: string; readonly values: string[] }[];
  };
}
