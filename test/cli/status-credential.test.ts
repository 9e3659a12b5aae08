import type { CredentialReport } from '../../src/cli/status/report';
import { basic, said, steady } from './status-example';

const propagating = { ...steady, phase: 1, newest: 'bbbbbbbb', generations: 2 };
const presenting = { ...propagating, phase: 2, presented: 'bbbbbbbb' };
const arrived = { ...steady, presented: 'bbbbbbbb', newest: 'bbbbbbbb' };

describe('the credential', () => {
  it.each<[string, CredentialReport[], string[]]>([
    ['is agreed on', [steady, steady], ['ok: credential: all nodes agree on generation aaaaaaaa']],
    [
      'is agreed on while it changes',
      [propagating, presenting, arrived],
      ['ok: credential: all nodes agree on generation bbbbbbbb; the change goes on on 2 of 3'],
    ],
    [
      'is behind where the change has not come, even on most nodes',
      [propagating, steady, steady],
      [
        'problem: credential: behind, generation bbbbbbbb has not come yet: w2 (aaaaaaaa), w3 (aaaaaaaa); the kubelet brings it within about a minute and a half',
      ],
    ],
    [
      'is behind where all others are through',
      [arrived, arrived, steady],
      [
        'problem: credential: behind, generation bbbbbbbb has not come yet: w3 (aaaaaaaa); the kubelet brings it within about a minute and a half',
      ],
    ],
    [
      'is behind where an old one is still shown to the new one',
      [presenting, steady],
      [
        'problem: credential: behind, generation bbbbbbbb has not come yet: w2 (aaaaaaaa); the kubelet brings it within about a minute and a half',
      ],
    ],
    [
      'is not agreed on where nothing tells which is newer',
      [arrived, steady],
      ['problem: credential: nodes disagree on the generation: bbbbbbbb on w1; aaaaaaaa on w2'],
    ],
    [
      'lags',
      [{ ...presenting, lagging: true }],
      [
        'ok: credential: all nodes agree on generation bbbbbbbb; the change goes on on 1 of 1',
        'problem: credential: a peer refuses the new generation or still shows an old one: w1',
      ],
    ],
    [
      'is not valid',
      [{ ...steady, valid: false }],
      [
        'ok: credential: all nodes agree on generation aaaaaaaa',
        'problem: credential: what the Secret holds is of no use, the last good one is kept: w1',
      ],
    ],
    [
      'drops old ones at once',
      [{ ...steady, dropOld: true }],
      [
        'ok: credential: all nodes agree on generation aaaaaaaa',
        'warning: credential: drop-old is set in the Secret, so its next change interrupts; take it out: w1',
      ],
    ],
  ])('%s', (_, credentials, lines) => {
    expect(said({ nodes: basic(...credentials) }).slice(1)).toEqual(lines);
  });
});
