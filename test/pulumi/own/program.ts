import { Provider } from '@pulumi/kubernetes/provider';
import { Config } from '@pulumi/pulumi';
import { ClusterTokens } from '../../../src/pulumi/cluster-tokens';
import { NAMESPACE } from '../../cluster/kubectl';
import { tokens } from '../cluster';

// A program of a user's own, which exports nothing: a component with a provider that has a cluster, or writes files.
const config = new Config();
const renderYamlToDirectory = config.get('renderTo');
const provider = new Provider(config.get('provider') ?? 'cluster', { renderYamlToDirectory });
const token = config.getSecret('token');
const secrets = token && { tokens: { 'release pull': token } };
new ClusterTokens('tokens', { name: 'test', namespace: NAMESPACE, tokens: tokens(), secrets }, { provider });
