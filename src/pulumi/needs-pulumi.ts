/** Files of the peers that cost nothing to load, by names that a bundler can read. */
const PEERS: { readonly [name: string]: () => unknown } = {
  '@pulumi/pulumi': () => require('@pulumi/pulumi/package.json'),
  '@pulumi/kubernetes': () => require('@pulumi/kubernetes/package.json'),
};

const missing = Object.keys(PEERS).filter((name) => {
  try {
    PEERS[name]?.();
    return false;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return true;
    throw error;
  }
});

// Both are optional peers, as the library itself does without them.
if (missing.length > 0) {
  throw new Error(`secure-mirror/pulumi needs ${missing.join(' and ')}: npm install ${missing.join(' ')}`);
}
