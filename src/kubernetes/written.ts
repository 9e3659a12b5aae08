import type { ResourceRule } from '../../imports/admission-registration';

/** Objects of a group when somebody makes or changes them. */
export function written(group: string, resources: string[], version = 'v1'): ResourceRule {
  return { apiGroups: [group], apiVersions: [version], operations: ['CREATE', 'UPDATE'], resources };
}
