import { names } from '../../shared/table';
import { attempt, type Row } from '../row';

const ROW = {
  name: 'T15',
  title: 'the list of mirrored registries is taken for access control',
  tries: 'a look at publicRepositories in stack.yaml: manifests that no registry checks',
  expected: 'no repository, or the ones that everybody may read',
  locks: ['settings'],
  isOfStack: true,
} satisfies Omit<Row, 'run'>;

/** What every pod may read. */
export const publicRepositories: Row = {
  ...ROW,
  run: async ({ mirror: { publicRepositories: all } }) => {
    const tried = 'stack.yaml';
    if (all.length === 0)
      return [
        attempt(ROW, 'ok', { tried, seen: 'every manifest comes from its registry, which checks the pull secret' }),
      ];
    const seen = `every pod may read the public repositories: ${names([...all])}`;
    return [
      attempt(ROW, 'warning', { tried, seen, evidence: [...all], fix: 'see that nothing private is among them' }),
    ];
  },
};
