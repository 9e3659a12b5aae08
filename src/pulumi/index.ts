import './needs-pulumi';

export * from './cluster-tokens';
export * from './inputs';
export * from './kubernetes-component';
export * from './secret-values';
export * from './secured-stack';
