import { spellingOf } from '../../shared/started';
import { names } from '../../shared/table';
import { attempt, type Row } from '../row';

const ROW = {
  name: 'T18',
  title: "one of the mirror's own images is replaced",
  tries: "a look at the images of the mirror's pods; signatures are not tried",
  expected: 'each named by its digest',
  locks: ['settings'],
} satisfies Omit<Row, 'run'>;

/** A tag means what its registry says today. */
export const images: Row = {
  ...ROW,
  run: async ({ target }) => {
    const all = [...new Set(target.pods.flatMap((pod) => pod.images))];
    const tried = 'the containers of its pods';
    const tagged = all.filter((image) => !image.includes('@sha256:'));
    if (tagged.length === 0)
      return [attempt(ROW, 'ok', { tried, seen: `${all.length} images, each by its digest`, evidence: all })];
    const seen = `by tags, which can move: ${names(tagged)}`;
    const fix = `write their digests to stack.yaml: ${spellingOf().lockImages()}`;
    return [attempt(ROW, 'warning', { tried, seen, evidence: all, fix })];
  },
};
