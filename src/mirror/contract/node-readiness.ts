/** Type of the node's condition that says whether its mirror is in use. */
export const READINESS_CONDITION = 'secured-mirror/Ready';

/** The taint of a node that waits for its mirror. The Node Readiness Controller takes no key with another prefix. */
export const readinessTaint = { key: 'readiness.k8s.io/secured-mirror', effect: 'NoSchedule' } as const;
