import { Provider } from '@pulumi/kubernetes/provider';
import { Config } from '@pulumi/pulumi';
import { SecuredStack } from '../../../src/pulumi/secured-stack';
import { testCluster, tokens } from '../cluster';

// A stack whose component is called as the settings say, and may have been called otherwise.
const config = new Config();
const provider = new Provider('cluster', { renderYamlToDirectory: config.require('renderTo') });
const alias = config.get('alias');
const aliases = alias === undefined ? [] : [{ name: alias }];
new SecuredStack(config.require('name'), testCluster({ tokens: tokens() }), { provider, aliases });
