import { Spelling } from '../../src/stack/spelling';

const NPX = { command: 'npx --no-install secure-mirror' };
const CLONE = { command: 'npm run --silent secure-mirror --', synth: 'npm run synth' };
const given = { file: 'my stack.yaml', cluster: 'east', output: 'out', kubeconfig: '/etc/ku be', context: 'a;b' };

describe('a printed command', () => {
  it('has the options that were given, as a shell takes them', () => {
    const spelling = new Spelling(NPX, given);
    expect(spelling.tokens('verify', '--purpose', "it's")).toBe(
      `npx --no-install secure-mirror tokens verify --purpose 'it'\\''s' --file 'my stack.yaml' --cluster east`,
    );
    expect(spelling.asking('retire')).toBe(
      `npx --no-install secure-mirror tokens retire --kubeconfig '/etc/ku be' --context 'a;b' --file 'my stack.yaml' --cluster east`,
    );
    expect(spelling.plan()).toBe(
      `npx --no-install secure-mirror tokens plan --output out --file 'my stack.yaml' --cluster east`,
    );
    expect(spelling.synth()).toBe(
      `npx --no-install secure-mirror synth --file 'my stack.yaml' --cluster east --output out`,
    );
    expect(spelling.manifests('east')).toBe('out/east/');
    expect(spelling.kubectl('kong')).toBe(`kubectl --kubeconfig '/etc/ku be' --context 'a;b' --namespace kong`);
  });

  it('has none where none were given', () => {
    const spelling = new Spelling(NPX, { file: 'stack.yaml' });
    expect(spelling.tokens('plan')).toBe('npx --no-install secure-mirror tokens plan');
    expect(spelling.asking('retire')).toBe('npx --no-install secure-mirror tokens retire');
    expect(spelling.synth()).toBe('npx --no-install secure-mirror synth');
    expect(spelling.manifests('east')).toBe('dist/manifests/east/');
    expect(spelling.kubectl()).toBe('kubectl');
  });

  it("has the user's own kubectl", () => {
    expect(new Spelling(NPX, {}, '/opt/ku be').kubectl('kong')).toBe(`'/opt/ku be' --namespace kong`);
  });

  it("makes the manifests of a clone by the clone's own script, unless they go elsewhere", () => {
    expect(new Spelling(CLONE).synth()).toBe('npm run synth');
    expect(new Spelling(CLONE, { file: 'a b.yaml' }).synth()).toBe("STACK='a b.yaml' npm run synth");
    expect(new Spelling(CLONE, { output: 'out' }).synth()).toBe('npm run --silent secure-mirror -- synth --output out');
  });

  it('finds files where the program looked for them', () => {
    const spelling = new Spelling({ ...CLONE, folder: '/src/clone' }, { kubeconfig: 'kube', output: '../out' });
    expect(spelling.manifests('east')).toBe('/src/out/east/');
    expect(spelling.kubectl()).toBe('kubectl --kubeconfig /src/clone/kube');
    expect(spelling.asking('retire')).toContain('--kubeconfig kube');
    expect(new Spelling({ ...CLONE, folder: '/src/clone' }).manifests('east')).toBe('/src/clone/dist/manifests/east/');
  });
});
