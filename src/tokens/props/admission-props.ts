/** What the API server refuses. */
export interface AdmissionProps {
  /**
   * Whether ValidatingAdmissionPolicies are made: pods and ServiceAccounts that name the Secret of a push token as an
   * imagePullSecret are refused, and pods with the Secret of a shared account after its date. They need Kubernetes 1.30.
   *
   * @default true
   */
  readonly policies?: boolean;
}
