const missing = ['@pulumi/pulumi', '@pulumi/kubernetes'].filter((name) => {
  try {
    require.resolve(name);
    return false;
  } catch {
    return true;
  }
});

// Both are optional peers, as the library itself does without them.
if (missing.length > 0) {
  throw new Error(`secure-mirror/pulumi needs ${missing.join(' and ')}: npm install ${missing.join(' ')}`);
}
