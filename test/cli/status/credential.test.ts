import type { CredentialReport } from '../../../src/cli/status/report';
import { basic, said, steady } from './example';

const propagating = { ...steady, phase: 1, newest: 'bbbbbbbb', versions: 2 };
const presenting = { ...propagating, phase: 2, presented: 'bbbbbbbb' };
const arrived = { ...steady, presented: 'bbbbbbbb', newest: 'bbbbbbbb' };

describe('the credential', () => {
  it.each<[string, CredentialReport[], string[]]>([
    ['is agreed on', [steady, steady], ['ok: credential: all nodes agree on version aaaaaaaa']],
    [
      'is agreed on while it changes',
      [propagating, presenting, arrived],
      ['ok: credential: all nodes agree on version bbbbbbbb; 2 of 3 still change'],
    ],
    [
      'is behind where the change has not come, even on most nodes',
      [propagating, steady, steady],
      [
        'problem: credential: version bbbbbbbb has not reached all nodes: w2 (aaaaaaaa), w3 (aaaaaaaa); wait: the kubelet brings it within about a minute and a half',
      ],
    ],
    [
      'is behind where all others are through',
      [arrived, arrived, steady],
      [
        'problem: credential: version bbbbbbbb has not reached all nodes: w3 (aaaaaaaa); wait: the kubelet brings it within about a minute and a half',
      ],
    ],
    [
      'is behind where an old one is still presented to the new one',
      [presenting, steady],
      [
        'problem: credential: version bbbbbbbb has not reached all nodes: w2 (aaaaaaaa); wait: the kubelet brings it within about a minute and a half',
      ],
    ],
    [
      'is not agreed on where nothing tells which is newer',
      [arrived, steady],
      ['problem: credential: nodes disagree on the version: bbbbbbbb on w1; aaaaaaaa on w2'],
    ],
    [
      'lags',
      [{ ...presenting, lagging: true }],
      [
        'ok: credential: all nodes agree on version bbbbbbbb; 1 of 1 still change',
        'problem: credential: a peer refuses the new version or still presents an old one: w1',
      ],
    ],
    [
      'is not valid',
      [{ ...steady, valid: false }],
      [
        'ok: credential: all nodes agree on version aaaaaaaa',
        "problem: credential: the Secret's content is invalid, the last valid one stays: w1",
      ],
    ],
    [
      'drops old ones at once',
      [{ ...steady, dropOld: true }],
      [
        'ok: credential: all nodes agree on version aaaaaaaa',
        'warning: credential: its next change interrupts: w1; remove drop-old from the Secret',
      ],
    ],
  ])('%s', (_, credentials, lines) => {
    expect(said({ nodes: basic(...credentials) }).slice(1)).toEqual(lines);
  });
});
