import type { ResourceRule } from '../../imports/admission-registration';

/** Objects of a group when somebody makes or changes them. */
export function written(group: string, resources: string[]): ResourceRule {
  return { apiGroups: [group], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources };
}
