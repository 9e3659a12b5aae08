import { parseStackFile } from '../../src/stack/reader';

const ownerOf = (block: string) =>
  parseStackFile(
    `clusters:
  - name: one
    registries: [docker.io]
    authentication: {mutualTls: {issuer: {caSecret: mirror-ca}}}
    tokens:
      - organization: kong
        pull:
          - purpose: a pull
            repositories: [kong/a]
            bindTo: []
            owner: ${block}
    limits: {}
`,
    'stack.yaml',
  ).clusters[0]?.tokens?.[0]?.pull?.[0]?.owner;

describe('the content of a block is a text, whatever it looks like', () => {
  it.each([
    ['an item', '|-\n              team a\n              - b', 'team a\n- b'],
    ['an item, with a comment at the head', '|- # who\n              team a\n              - b', 'team a\n- b'],
    ['an item, with a tag at the head', '!!str |-\n              team a\n              - b', 'team a\n- b'],
    ['a no-break space at an end', '>-\n              team\u00a0', 'team\u00a0'],
    ['a no-break space at a beginning', '>-\n              \u00a0team', '\u00a0team'],
    ['a quote', "|-\n              'team", "'team"],
  ])('%s', (_, block, owner) => {
    expect(ownerOf(block)).toBe(owner);
  });

  it('and the text after it is none of it', () => {
    const wrong = '|-\n              team\n            secret:\u00a0a';
    expect(() => ownerOf(wrong)).toThrow(/no-break space/);
  });
});
