import { indented, type SettingStep, type SettingsFor } from './step';
import { bothSettings, type TableNames } from './tables';

/** Amazon Linux 2023, whose nodeadm merges a NodeConfig into its own template of the configuration. */
export const eksSettings: SettingsFor = (folder) => ({
  needed: '`discard_unpacked_layers`',
  facts:
    'For Amazon Linux 2023. nodeadm discards layers and has a list of two folders as `config_path`; the node agent keeps a link with which the list works. The text sets both. Take the text ' +
    'for the containerd of your nodes: nodeadm takes its older template for the table names of containerd 1, and starts no node with containerd 1 that is given the names of containerd 2.',
  steps: [userData(2, folder), userData(1, folder)],
  sources: [
    'https://awslabs.github.io/amazon-eks-ami/nodeadm/doc/examples/#configuring-containerd',
    'https://github.com/awslabs/amazon-eks-ami/blob/main/nodeadm/internal/containerd/config.go',
    'https://spegel.dev/docs/getting-started/#eks',
  ],
});

function userData(names: TableNames, folder: string): SettingStep {
  return {
    containerd: names,
    when: `Nodes with containerd ${names}`,
    file: "the user data of the launch template, or `userData` of Karpenter's EC2NodeClass",
    language: 'text',
    text: [
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary="BOUNDARY"',
      '',
      '--BOUNDARY',
      'Content-Type: application/node.eks.aws',
      '',
      '---',
      'apiVersion: node.eks.aws/v1alpha1',
      'kind: NodeConfig',
      'spec:',
      '  containerd:',
      '    config: |',
      indented(bothSettings(names, folder), 6),
      '',
      '--BOUNDARY--',
    ].join('\n'),
    after:
      'Replace the nodes: nodeadm reads it when a node starts for the first time. If your user data has a NodeConfig, add the part below `spec.containerd` to it.',
  };
}
