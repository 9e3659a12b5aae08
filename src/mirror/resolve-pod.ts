import { proxyMemoryLimit } from './envoy/memory';
import { mirrorDefaults } from './props/defaults';
import type { PodSettings } from './props/pod-settings';
import type { UpdateStrategyProps } from './props/update-strategy-props';
import { resolveResources } from './resolve-resources';
import type { ResolvedLimits } from './resolved';
import type { ResolvedPod, ResolvedUpdateStrategy } from './resolved-pod';

/**
 * What the settings say of the mirror's pods.
 *
 * @param settings the settings
 * @param limits the limits, which decide how much memory the proxy needs
 */
export function resolvePod(settings: PodSettings, limits: ResolvedLimits): ResolvedPod {
  return {
    resources: resolveResources(settings.resources, proxyMemoryLimit(limits)),
    priorityClassName: settings.priorityClassName ?? mirrorDefaults.priorityClassName,
    podLabels: settings.podLabels ?? {},
    podAnnotations: settings.podAnnotations ?? {},
    imagePullPolicy: settings.imagePullPolicy ?? mirrorDefaults.imagePullPolicy,
    updateStrategy: resolveUpdateStrategy(settings.updateStrategy),
    affinity: settings.affinity,
    logLevel: { ...mirrorDefaults.logLevel, ...settings.logLevel },
  };
}

function resolveUpdateStrategy({ type, rollingUpdate }: UpdateStrategyProps = {}): ResolvedUpdateStrategy {
  const byDefault = mirrorDefaults.updateStrategy;
  if (type === 'OnDelete') return { type };
  return {
    type: byDefault.type,
    maxUnavailable: rollingUpdate?.maxUnavailable ?? byDefault.rollingUpdate.maxUnavailable,
  };
}
