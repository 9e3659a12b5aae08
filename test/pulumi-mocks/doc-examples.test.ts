import { Provider } from '@pulumi/kubernetes/provider';
import { type ComponentResourceOptions, Config, runtime } from '@pulumi/pulumi';
import { ClusterTokens, SecuredStack, type SecuredStackArgs } from '../../src/pulumi';
import { examplesOf, runExample } from '../documents/doc-examples';
import { ca, registeredBy } from './recording';

/** The base class of the components, which programs do not make. */
const BASE = 'KubernetesComponent';

const examples = examplesOf('secure-mirror/pulumi').filter(([name]) => name !== BASE);

test.each(examples)('the example of %s registers resources, among them a Secret', async (name, code = '') => {
  const secrets = { 'test:caCertificate': ca.certificate, 'test:caKey': ca.key, 'test:shopToken': 'token' };
  runtime.setAllConfig(secrets, Object.keys(secrets));
  const { resources } = await registeredBy((watched) => {
    const Component = { ClusterTokens, SecuredStack }[name] as typeof SecuredStack;
    class Watched extends Component {
      public constructor(own: string, args: SecuredStackArgs, opts: ComponentResourceOptions) {
        super(own, args, { ...opts, ...watched });
      }
    }
    runExample(code, { [name]: Watched, Provider, config: new Config() });
  });
  const types = resources.map(({ type }) => type);
  expect(types).toContain(`secure-mirror:index:${name}`);
  expect(types.filter((type) => type.endsWith(':Secret'))).toHaveLength(1);
});
